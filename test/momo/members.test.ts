import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Connection } from '../../src/db/index.ts'
import { refusal } from './support/refusal.ts'
import { addMerchant, asPerson, asRole, openWorld, type Merchant, type Person, type World } from './support/world.ts'

let world: World
let admin: Connection
let merchant: Merchant
let stranger: Person
let merchants = 0

beforeAll(async () => {
  world = await openWorld()
  admin = world.admin
  stranger = world.accra.staff.viewer
})
afterAll(() => world?.close())

beforeEach(async () => {
  merchant = await addMerchant(admin, { name: `Shop ${++merchants}`, country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: `8${String(merchants).padStart(5, '0')}` })
})

type Change = { readonly [column: string]: unknown }

const invite = (by: Person, user: string, role: string, more: Change = {}) =>
  asPerson(admin, by, (c) => {
    const row = Object.entries({ merchant_id: by.merchant, user_id: user, role, ...more })
    return c.query(
      `insert into app.merchant_members (${row.map(([name]) => name).join(', ')}) values (${row.map((_, i) => `$${i + 1}`).join(', ')})`,
      row.map(([, v]) => v),
    )
  })

/** Returns how many rows the policies let it reach. */
const change = (c: Connection, user: string, columns: Change) => {
  const set = Object.entries(columns)
  return c.query(`update app.merchant_members set ${set.map(([name], i) => `${name} = $${i + 2}`).join(', ')} where user_id = $1 returning id`, [user, ...set.map(([, v]) => v)])
}
const changed = (by: Person, user: string, columns: Change) => asPerson(admin, by, async (c) => (await change(c, user, columns)).length)

/** The person themselves, in a request for no merchant. */
const accept = (user: string, to: string) =>
  asRole(admin, 'momo_api', async (c) => {
    await c.query('select api.begin_request($1)', [user])
    await c.query('select api.accept_invitation($1)', [to])
  })

const member = async (user: string) => {
  const [row] = await admin.query<{ role: string; status: string; invited_by: string | null; outlet_id: string | null }>(
    'select role, status, invited_by, outlet_id from app.merchant_members where merchant_id = $1 and user_id = $2 and deleted_at is null',
    [merchant.id, user],
  )
  return row
}

/** A member whom operations made, past every invitation. */
const added = async (role: string, outlet: string | null = null): Promise<Person> => {
  const person = { user: uuidv7(), merchant: merchant.id, device: uuidv7() }
  await asRole(admin, 'momo_owner', async (c) => {
    await c.query('insert into app.users (id, auth_subject) values ($1::uuid, $1::text)', [person.user])
    await c.query(`insert into app.merchant_members (merchant_id, user_id, role, status, outlet_id) values ($1, $2, $3, 'active', $4)`, [merchant.id, person.user, role, outlet])
    await c.query(`insert into app.devices (id, merchant_id, user_id, install_id, platform, public_key) values ($1, $2, $3, gen_random_uuid(), 'ios', '\\x01')`, [
      person.device,
      merchant.id,
      person.user,
    ])
  })
  return person
}

describe('an invitation', () => {
  test('is a membership only when the person has accepted it', async () => {
    const { owner } = merchant.staff
    await invite(owner, stranger.user, 'viewer')
    expect(await member(stranger.user)).toEqual({ role: 'viewer', status: 'invited', invited_by: owner.user, outlet_id: null })
    const asMember = { user: stranger.user, merchant: merchant.id, device: null as unknown as string }
    expect(await refusal(asPerson(admin, asMember, (c) => c.query('select 1')))).toMatchObject({ code: '42501' })
    await accept(stranger.user, merchant.id)
    expect(await member(stranger.user)).toMatchObject({ status: 'active', role: 'viewer' })
    expect(await asPerson(admin, asMember, (c) => c.query('select id from app.merchants'))).toEqual([{ id: merchant.id }])
  })

  test('is accepted once, by the person, outside of other requests, and not of a merchant that has closed', async () => {
    const { owner, manager } = merchant.staff
    await invite(owner, stranger.user, 'viewer')
    expect(await refusal(accept(manager.user, merchant.id))).toMatchObject({ code: 'MM404', hint: expect.any(String) })
    expect(await refusal(changed(owner, stranger.user, { status: 'active' }))).toMatchObject({ code: '42501', hint: expect.stringContaining('accept_invitation') })
    expect(await refusal(asPerson(admin, stranger, (c) => c.query('select api.accept_invitation($1)', [merchant.id])))).toMatchObject({ code: '42501' })
    await admin.query(`update app.merchants set status = 'closed' where id = $1`, [merchant.id])
    expect(await refusal(accept(stranger.user, merchant.id))).toMatchObject({ code: 'MM404' })
    await admin.query(`update app.merchants set status = 'active' where id = $1`, [merchant.id])
    await accept(stranger.user, merchant.id)
    expect(await refusal(accept(stranger.user, merchant.id))).toMatchObject({ code: 'MM404' })
  })

  test('tells nothing of the person until then, and nothing after they left', async () => {
    const { owner } = merchant.staff
    const seen = () =>
      asPerson(admin, owner, async (c) => ({
        rows: (await c.query('select id from app.users where id = $1', [stranger.user])).length,
        handed: (await c.query(`select r from api.read_encrypted('app.users', $1) r`, [[stranger.user]])).length,
        listed: await c.query('select status, user_status from api.v_members where user_id = $1', [stranger.user]),
      }))
    await invite(owner, stranger.user, 'viewer')
    expect(await seen()).toEqual({ rows: 0, handed: 0, listed: [{ status: 'invited', user_status: null }] })
    await accept(stranger.user, merchant.id)
    expect(await seen()).toMatchObject({ rows: 1, listed: [{ status: 'active', user_status: 'active' }] })
    expect(await changed(owner, stranger.user, { status: 'revoked', revoked_at: new Date() })).toBe(1)
    expect(await seen()).toEqual({ rows: 0, handed: 0, listed: [{ status: 'revoked', user_status: null }] })
  })

  test('is all that an insert makes', async () => {
    for (const more of [{ status: 'active' }, { invited_by: stranger.user }, { created_at: '1999-01-01' }, { row_version: 9 }, { sync_xid: '1' }])
      expect(await refusal(invite(merchant.staff.owner, stranger.user, 'viewer', more)), JSON.stringify(more)).toMatchObject({ code: '42501' })
  })
})

describe('a role', () => {
  test('is given by who may do all that it may', async () => {
    const { owner, manager } = merchant.staff
    expect(await refusal(invite(manager, stranger.user, 'accountant'))).toMatchObject({
      code: '42501',
      message: expect.stringContaining('a manager may not'),
      hint: expect.any(String),
    })
    expect(await refusal(invite(manager, stranger.user, 'owner'))).toMatchObject({ code: '42501' })
    for (const role of ['manager', 'cashier', 'viewer']) await invite(manager, (await added('viewer').then((p) => remove(p))).user, role)
    await invite(owner, stranger.user, 'accountant')
    await accept(stranger.user, merchant.id)
    for (const columns of [{ outlet_id: merchant.outlets[0] }, { role: 'owner' }]) expect(await refusal(changed(manager, stranger.user, columns))).toMatchObject({ code: '42501' })
    expect(await changed(manager, stranger.user, { status: 'revoked' })).toBe(1)
    expect(await refusal(changed(manager, stranger.user, { status: 'invited' }))).toMatchObject({ code: '42501' })
    expect(await changed(owner, stranger.user, { status: 'invited' })).toBe(1)
    expect(await changed(manager, stranger.user, { deleted_at: new Date() })).toBe(1)
    expect(await refusal(changed(manager, stranger.user, { deleted_at: null }))).toMatchObject({ code: '42501' })
  })

  test('with a higher limit is more, too', async () => {
    const { manager } = merchant.staff
    await admin.query(`update app.role_permissions set max_units = 6000, max_units_a_day = 6000 where role = 'cashier' and permission = 'transaction.refund'`)
    try {
      expect(await refusal(invite(manager, stranger.user, 'cashier'))).toMatchObject({ code: '42501' })
    } finally {
      await asRole(admin, 'momo_migrator', (c) => c.query('select ops.load_reference_data()'))
    }
    await invite(manager, stranger.user, 'cashier')
  })

  test('is not changed by who has it, and who ranks higher is left alone', async () => {
    const { owner, manager } = merchant.staff
    for (const [who, columns] of [
      [owner, { role: 'manager' }],
      [manager, { role: 'viewer' }],
      [manager, { role: 'accountant' }],
      [manager, { outlet_id: merchant.outlets[0] }],
    ] as const)
      expect(await refusal(changed(who, who.user, columns)), JSON.stringify(columns)).toMatchObject({ code: '42501', hint: expect.any(String) })
    for (const columns of [{ status: 'revoked' }, { outlet_id: merchant.outlets[0] }, { client_updated_at: new Date() }])
      expect(await refusal(changed(manager, owner.user, columns)), JSON.stringify(columns)).toMatchObject({ code: '42501' })
    expect(await changed(manager, manager.user, { status: 'revoked' })).toBe(1)
  })

  test('of one outlet decides about that outlet', async () => {
    const { cashier, viewer, owner } = merchant.staff
    const [here, there] = merchant.outlets
    const bound = await added('manager', here)
    const elsewhere = await added('cashier', there)
    for (const outlet_id of [null, there]) {
      expect(await refusal(changed(bound, bound.user, { outlet_id }))).toMatchObject({ code: '42501' })
      expect(await refusal(changed(bound, cashier.user, { outlet_id }))).toMatchObject({ code: '42501' })
      expect(await refusal(invite(bound, stranger.user, 'cashier', { outlet_id }))).toMatchObject({ code: '42501' })
    }
    for (const other of [viewer, elsewhere, owner]) expect(await refusal(changed(bound, other.user, { status: 'revoked' }))).toMatchObject({ code: '42501' })
    await invite(bound, stranger.user, 'cashier', { outlet_id: here })
    expect(await changed(bound, cashier.user, { status: 'revoked' })).toBe(1)
  })
})

describe('a merchant keeps an owner', () => {
  test('who cannot leave, in one column or another, whoever asks', async () => {
    const { owner } = merchant.staff
    for (const columns of [{ status: 'revoked' }, { deleted_at: new Date() }, { status: 'invited' }])
      expect(await refusal(changed(owner, owner.user, columns)), JSON.stringify(columns)).toMatchObject({ code: 'MM403', hint: expect.any(String) })
    expect(await refusal(asRole(admin, 'momo_owner', (c) => change(c, owner.user, { role: 'viewer' })))).toMatchObject({ code: 'MM403' })
    const second = await added('owner')
    expect(await refusal(asRole(admin, 'momo_owner', (c) => c.query(`update app.merchant_members set status = 'revoked' where merchant_id = $1`, [merchant.id])))).toMatchObject({
      code: 'MM403',
    })
    expect(await changed(owner, owner.user, { status: 'revoked' })).toBe(1)
    expect(await refusal(changed(second, second.user, { status: 'revoked' }))).toMatchObject({ code: 'MM403' })
    await admin.query(`update app.merchants set status = 'closed' where id = $1`, [merchant.id])
    await asRole(admin, 'momo_owner', (c) => change(c, second.user, { status: 'revoked' }))
  })

  test.each(['read committed', 'repeatable read'])('of two who leave at once one stays (%s)', async (isolation) => {
    const pair = [merchant.staff.owner, await added('owner')] as const
    const sessions = await Promise.all(pair.map(() => connect(world.url)))
    try {
      const leave = (c: Connection, who: Person) =>
        asPerson(
          c,
          who,
          async () => {
            await change(c, who.user, { status: 'revoked' })
            await c.query('select pg_sleep(0.3)')
          },
          'momo_api',
          isolation,
        ).then(
          () => 'left',
          (e: { code: string }) => e.code,
        )
      const outcomes = await Promise.all(pair.map((who, i) => leave(sessions[i]!, who)))
      expect(outcomes.sort()).toEqual([isolation === 'read committed' ? 'MM403' : '40001', 'left'])
    } finally {
      for (const s of sessions) await s.close()
    }
  })
})

test('an identity document is about an active member', async () => {
  const { owner } = merchant.staff
  const add = (subject: string | null) =>
    asPerson(admin, owner, (c) =>
      c.query(`insert into app.kyc_documents (merchant_id, subject_user_id, doc_type, content_sha256) values ($1, $2, 'passport', sha256('scan'))`, [merchant.id, subject]),
    )
  await invite(owner, stranger.user, 'viewer')
  expect(await refusal(add(stranger.user))).toMatchObject({ code: 'MM403', hint: expect.any(String) })
  await accept(stranger.user, merchant.id)
  for (const subject of [stranger.user, owner.user, null]) await add(subject)
})

/** As if they had never been there. */
async function remove(person: Person): Promise<Person> {
  await admin.query('delete from app.devices where id = $1', [person.device])
  await admin.query('delete from app.merchant_members where user_id = $1', [person.user])
  return person
}
