import { randomBytes, randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { connect, type Connection } from '../../src/db/index.ts'
import { collect, wallet } from './support/money.ts'
import { idsBy, pullAll, push, pushInside } from './support/phone.ts'
import { addMerchant, asPerson, asRole, openWorld, type Merchant, type World } from './support/world.ts'

let world: World
let c: Connection
let merchant: Merchant
let seq = 0
let codes = 300_000
beforeAll(async () => {
  world = await openWorld()
  c = world.admin
})
beforeEach(async () => {
  merchant = await addMerchant(c, { name: `P${++codes}`, country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: String(codes) })
  seq = 0
})
afterAll(() => world?.close())

const day = 24 * 3600 * 1000
const idOf = (daysFromNow: number): string => idsBy(() => Date.now() + daysFromNow * day).next()
const ciphertext = (): string => Buffer.concat([Buffer.from([1]), randomBytes(60)]).toString('base64')

const base = (id = uuidv7()) => ({ op_id: randomUUID(), id, captured_at: new Date().toISOString() })
const transaction = (args: object = {}, id = uuidv7()) => ({ ...base(id), kind: 'transaction', args: { type: 'collection', amount_minor: 1000, currency: 'UGX', ...args } })
const create = (table: string, patch: object, id = uuidv7()) => ({ ...base(id), kind: 'create', table, patch })
const update = (table: string, id: string, version: number, from: object, patch: object) => ({ ...base(id), kind: 'update', table, base_version: version, base: from, patch })
const remove = (table: string, id: string, version: number, from: object = {}) => ({ ...base(id), kind: 'delete', table, base_version: version, base: from })
const outlet = () => create('outlets', { name: 'New', code: randomBytes(4).toString('hex') })

const asOwner = (...operations: unknown[]) => push(c, merchant.staff.owner, ++seq, operations)
/** The same from a colleague's phone. */
const asManager = (...operations: unknown[]) => push(c, merchant.staff.manager, ++seq, operations)
const results = (answers: readonly { result: string }[]): string[] => answers.map((a) => a.result)
const market = async () =>
  (await c.query<{ name: string; code: string; address_line: string | null; row_version: number }>('select * from app.outlets where id = $1', [merchant.outlets[0]]))[0]!
const transactions = async () => (await c.query('select id from app.transactions where merchant_id = $1', [merchant.id])).length
const conflicts = () =>
  c.query(
    'select table_name, row_id, base_version, server_version, resolution, resolved_at is not null as settled, client_patch from app.sync_conflicts where merchant_id = $1 order by id',
    [merchant.id],
  )

describe('a batch', () => {
  test('what refuses one operation does not undo the others', async () => {
    const answers = await asOwner(
      outlet(),
      transaction({ type: 'withdrawal' }),
      { op_id: 'short' },
      17,
      { ...base(), kind: 'burn' },
      create('accounts', { balance_minor: 1_000_000 }),
      create('outlets', { name: 'X', code: 'A', merchant_id: world.accra.id }),
      create('outlets', { name: 'X', code: 'A' }),
      create('outlets', { name: 'X', code: 'Z' }, randomUUID()),
      transaction({ amount_minor: 'much' }),
      transaction({ status: 'successful' }),
      { ...transaction(), args: 'x' },
      { ...transaction(), args: null },
      { ...outlet(), patch: [1] },
      { ...update('outlets', merchant.outlets[0]!, 1, {}, {}), base: 7 },
      transaction(),
    )
    expect(answers.map((a) => [a.result, a.code ?? null])).toEqual([
      ['applied', null], ['rejected', 'MM402'], ['rejected', '22023'], ['rejected', '22023'], ['rejected', '22023'], ['rejected', '22023'], ['rejected', '22023'], ['rejected', '23505'],
      ['rejected', '22023'], ['rejected', '22P02'], ['rejected', '22023'],
      ['rejected', '22023'], ['rejected', '22023'], ['rejected', '22023'], ['rejected', '22023'], ['applied', null],
    ]) // prettier-ignore
    expect(await transactions()).toBe(1)
    expect((await pullAll(c, merchant.staff.owner, 'outlets'))[0]!.rows).toHaveLength(3)
  })

  test('a month that nobody has made refuses no sale: the batch fails, and is done when the month is there', async () => {
    const fresh = await openWorld()
    try {
      const [found] = await fresh.admin.query<{ month: string; bound: string }>(`
        select oid::regclass::text as month, pg_get_expr(relpartbound, oid) as bound from pg_class
        where oid = ('app.transactions' || to_char(now() at time zone 'utc', '_YYYY_MM'))::regclass`)
      const batch = [outlet(), transaction()]
      await fresh.admin.script(`alter table app.transactions detach partition ${found!.month}`)
      await expect(push(fresh.admin, fresh.kampala.staff.owner, 1, batch)).rejects.toThrow('no partition of relation "transactions" found for row')
      await fresh.admin.script(`alter table app.transactions attach partition ${found!.month} ${found!.bound}`)
      expect(results(await push(fresh.admin, fresh.kampala.staff.owner, 1, batch))).toEqual(['applied', 'applied'])
    } finally {
      await fresh.close()
    }
  })

  test('sent again, it is answered and nothing is done twice', async () => {
    await collect(c, merchant, 5000)
    const operations = [outlet(), transaction(), transaction({ type: 'withdrawal', amount_minor: 4000 }), transaction({ type: 'withdrawal', amount_minor: 4000 })]
    const first = await asOwner(...operations)
    expect(results(first)).toEqual(['applied', 'applied', 'applied', 'rejected'])
    await collect(c, merchant, 5000)
    for (const number of [1, 2]) {
      const again = await push(c, merchant.staff.owner, number, operations)
      expect(results(again)).toEqual(['replayed', 'replayed', 'replayed', 'rejected'])
      expect(again.map((a) => a.transaction_id)).toEqual(first.map((a) => a.transaction_id))
    }
    expect(await wallet(c, merchant)).toEqual({ balance: 10_000, held: 4000 })
    expect(await transactions()).toBe(4)
  })

  test('an update that was answered is not done again, also when a colleague has put the value back', async () => {
    const mine = update('outlets', merchant.outlets[0], 1, { name: 'Market' }, { name: 'Bazaar' })
    expect(results(await asOwner(mine))).toEqual(['applied'])
    expect(results(await asManager(update('outlets', merchant.outlets[0], 2, { name: 'Bazaar' }, { name: 'Market' })))).toEqual(['applied'])
    expect(await asOwner(mine)).toMatchObject([{ result: 'replayed', was: 'applied', row_version: 2 }])
    expect((await market()).name).toBe('Market')
  })

  test('two connections send the same batch at once: one does it, both are answered', async () => {
    const others = await Promise.all([connect(world.url), connect(world.url), connect(world.url)])
    try {
      const operations = [transaction(), outlet(), transaction()]
      const all = await Promise.all(others.map((one) => push(one, merchant.staff.owner, 1, operations)))
      expect(all.map((r) => results(r).join()).sort()).toEqual(['applied,applied,applied', 'replayed,replayed,replayed', 'replayed,replayed,replayed'])
      expect(await transactions()).toBe(2)
    } finally {
      await Promise.all(others.map((one) => one.close()))
    }
  })

  test('an op_id stands for one operation of one phone', async () => {
    const mine = outlet()
    await asOwner(mine)
    expect(await asOwner({ ...mine, patch: { ...mine.patch, name: 'Other' } })).toMatchObject([{ result: 'rejected', code: 'MM409' }])
    expect(await asManager(mine)).toMatchObject([{ result: 'rejected', code: 'MM409' }])
    const money = transaction()
    await asOwner(money)
    expect(await asOwner({ ...money, args: { ...money.args, amount_minor: 2 } })).toMatchObject([{ result: 'rejected', code: 'MM409' }])
  })

  test('an old number with operations that the server has no memory of is not done', async () => {
    const operations = [outlet(), transaction()]
    expect(results(await push(c, merchant.staff.owner, 7, operations))).toEqual(['applied', 'applied'])
    expect(await push(c, merchant.staff.owner, 7, [transaction(), ...operations, outlet()])).toMatchObject([
      { result: 'rejected', code: 'stale_batch', last_push_seq: 7 }, { result: 'replayed' }, { result: 'replayed' }, { code: 'stale_batch' },
    ]) // prettier-ignore
    expect(await transactions()).toBe(1)
  })

  test('a wrong clock: the same operation comes again with another id, and once is enough', async () => {
    for (const days of [-40, 40]) {
      const skewed = transaction({ payer_enc: ciphertext() }, idOf(days))
      const [answer] = await asOwner(skewed)
      expect(answer).toMatchObject({ result: 'clock_skew' })
      expect(Math.abs(Date.parse(answer!.server_time!) - Date.now())).toBeLessThan(60_000)
      expect(results(await push(c, merchant.staff.owner, seq, [skewed])), 'the answer was lost').toEqual(['clock_skew'])
      const right = { ...skewed, id: uuidv7(), args: { ...skewed.args, payer_enc: ciphertext() } }
      expect(await asOwner(right)).toMatchObject([{ result: 'applied', transaction_id: right.id }])
      expect(await asOwner(right)).toMatchObject([{ result: 'replayed', transaction_id: right.id }])
      expect(results(await asOwner(skewed)), 'the first batch comes late').toEqual(['clock_skew'])
    }
    expect(await transactions()).toBe(2)
    expect(results(await asOwner(create('outlets', { name: 'X', code: 'Q' }, idOf(40)))), 'rows keep the id that others refer to').toEqual(['applied'])
  })

  test('what says nothing about an operation fails the batch, and it is sent again', async () => {
    const other = await connect(world.url)
    try {
      await other.script(`begin; select from app.outlets where id = '${merchant.outlets[0]}' for update`)
      const operations = [transaction(), update('outlets', merchant.outlets[0], 1, { name: 'Market' }, { name: 'Bazaar' })]
      const impatient = asPerson(c, merchant.staff.owner, async () => {
        await c.query(`set local lock_timeout = '100ms'`)
        return pushInside(c, 1, operations)
      }, 'momo_sync') // prettier-ignore
      await expect(impatient).rejects.toMatchObject({ code: '55P03' })
      expect(await transactions()).toBe(0)
      await other.query('rollback')
      expect(results(await asOwner(...operations))).toEqual(['applied', 'applied'])
    } finally {
      await other.close()
    }
  })

  test('what is no batch is refused as a whole', async () => {
    const { owner } = merchant.staff
    await expect(push(c, owner, 0, [])).rejects.toMatchObject({ code: '22023' })
    await expect(push(c, owner, 1, {} as never)).rejects.toMatchObject({ code: '22023' })
    await expect(push(c, owner, 1, Array(501).fill(1))).rejects.toMatchObject({ code: '22023' })
    await expect(push(c, owner, 1, [outlet(), create('outlets', { name: 'x'.repeat(5_000_000) })])).rejects.toMatchObject({ code: '22023' })
    await expect(asPerson(c, { ...owner, device: null as never }, () => pushInside(c, 1, []), 'momo_sync')).rejects.toMatchObject({ code: '42501' })
    await expect(asPerson(c, owner, () => pushInside(c, 1, []), 'momo_api')).rejects.toMatchObject({ code: '42501' })
    expect(await push(c, owner, 1, [])).toEqual([])
  })
})

describe('who may push', () => {
  test('a revoked device is not believed, also when it is revoked within its request', async () => {
    const { owner, manager } = merchant.staff
    const revoke = (on: Connection) => asPerson(on, manager, () => on.query(`update app.devices set status = 'revoked', revoked_at = now() where id = $1`, [owner.device]))
    const other = await connect(world.url)
    try {
      await c.script('begin; set local role momo_sync')
      await c.query('select api.begin_request($1, $2, $3)', [owner.user, owner.merchant, owner.device])
      await pushInside(c, 1, [transaction()])
      let revoked = false
      const revoking = revoke(other).then(() => (revoked = true))
      await new Promise((done) => setTimeout(done, 200))
      expect(revoked, 'it waits for the batch').toBe(false)
      await c.query('commit')
      await revoking

      await asRole(c, 'momo_owner', () => c.query(`update app.devices set status = 'active' where id = $1`, [owner.device]))
      await c.script('begin; set local role momo_sync')
      await c.query('select api.begin_request($1, $2, $3)', [owner.user, owner.merchant, owner.device])
      await revoke(other)
      await expect(pushInside(c, 2, [transaction()])).rejects.toMatchObject({ code: '42501' })
      await c.query('rollback')
    } finally {
      await other.close()
    }
    await expect(asOwner(transaction())).rejects.toMatchObject({ code: '42501', message: 'this device may not speak for this user' })
    expect(await transactions()).toBe(1)
  })

  test('nobody pushes what they may not do, or to another merchant, or to one that is closed', async () => {
    const { viewer, cashier } = merchant.staff
    expect(await push(c, viewer, 1, [outlet(), transaction(), update('outlets', merchant.outlets[0], 1, {}, { name: 'X' })])).toMatchObject([
      { code: '42501' },
      { code: '42501' },
      { code: '42501' },
    ])
    expect(await push(c, cashier, 1, [transaction({ outlet_id: merchant.outlets[1] }), transaction()])).toMatchObject([{ code: '42501' }, { result: 'applied' }])
    const { accra } = world
    expect(
      await asOwner(
        update('outlets', accra.outlets[0], 1, {}, { name: 'X' }),
        remove('customers', accra.customer, 1),
        transaction({ customer_id: accra.customer }),
        create('payment_requests', { kind: 'qr', public_token: randomUUID(), currency: 'UGX', customer_id: accra.customer }),
      ),
    ).toMatchObject([{ code: 'MM404' }, { code: 'MM404' }, { code: 'MM404' }, { code: '23503' }])
    await asRole(c, 'momo_owner', () => c.query(`update app.merchants set status = 'closed', closed_at = now() where id = $1`, [merchant.id]))
    await expect(asOwner(transaction())).rejects.toMatchObject({ code: '42501', message: 'this merchant is closed' })
  })
})

describe('changes of the same row', () => {
  const changed = (from: object, patch: object) => update('outlets', merchant.outlets[0], 1, from, patch)
  beforeEach(async () => {
    expect(await asManager(changed({ name: 'Market' }, { name: 'Bazaar' }))).toMatchObject([{ result: 'applied', row_version: 2 }])
  })

  test('other columns are merged', async () => {
    expect(await asOwner(changed({ address_line: null }, { address_line: 'Main Street' }))).toMatchObject([{ result: 'merged', row_version: 3 }])
    expect(await market()).toMatchObject({ name: 'Bazaar', address_line: 'Main Street' })
    expect(await conflicts()).toMatchObject([{ table_name: 'outlets', row_id: merchant.outlets[0], base_version: 1, server_version: 2, resolution: 'merged', settled: true }])
  })

  test('the same column: the server wins, for the whole change, and what was wanted is kept for a person', async () => {
    expect(await asOwner(changed({ name: 'Market', address_line: null }, { name: 'Mall', address_line: 'Main Street' }))).toMatchObject([
      { result: 'conflict', columns: ['name'], row_version: 2 },
    ])
    expect(await market()).toMatchObject({ name: 'Bazaar', address_line: null })
    expect(await conflicts()).toMatchObject([{ resolution: 'server_won', settled: false, client_patch: { name: 'Mall', address_line: 'Main Street' } }])
    const seen = (person: 'owner' | 'manager' | 'cashier') => asPerson(c, merchant.staff[person], () => c.query('select from app.sync_conflicts'))
    expect([await seen('owner'), await seen('manager'), await seen('cashier')].map((rows) => rows.length)).toEqual([1, 1, 0])
  })

  test('the same value from both is no conflict', async () => {
    expect(await asOwner(changed({ name: 'Market' }, { name: 'Bazaar' }))).toMatchObject([{ result: 'merged', row_version: 2 }])
    expect(await conflicts()).toEqual([])
  })

  test('without a base every change of others is a conflict', async () => {
    expect(await asOwner(changed({}, { address_line: 'Main Street' }))).toMatchObject([{ result: 'conflict' }])
  })

  test('a delete stands back when others have changed the row, and a change when others have deleted it', async () => {
    const [one] = merchant.outlets
    expect(await asOwner(remove('outlets', one, 1))).toMatchObject([{ result: 'conflict' }])
    expect(await asOwner(remove('outlets', one, 1, { name: 'Market' }))).toMatchObject([{ result: 'conflict', columns: ['name'] }])
    expect(await asOwner(remove('outlets', one, 1, { code: 'A' }))).toMatchObject([{ result: 'merged' }])
    expect(await asManager(update('outlets', one, 3, { name: 'Bazaar' }, { name: 'Back' }))).toMatchObject([{ result: 'conflict', columns: ['deleted_at'] }])
    expect(await asManager(remove('outlets', one, 2))).toMatchObject([{ result: 'merged' }])
    expect((await conflicts()).map((r) => r['resolution'])).toEqual(['server_won', 'server_won', 'merged', 'server_won'])
  })
})

describe('customers', () => {
  test('ciphertext merges by what the phone started from, and nobody reads it to see', async () => {
    const [notes, name] = [ciphertext(), ciphertext()]
    const id = uuidv7()
    expect(results(await asOwner(create('customers', { notes_enc: notes, display_name_enc: name }, id)))).toEqual(['applied'])
    expect(results(await asManager(update('customers', id, 1, { notes_enc: notes }, { notes_enc: ciphertext() })))).toEqual(['applied'])
    expect(await asOwner(update('customers', id, 1, { notes_enc: notes }, { notes_enc: ciphertext() }))).toMatchObject([{ result: 'conflict', columns: ['notes_enc'] }])
    expect(results(await asOwner(update('customers', id, 1, { display_name_enc: name }, { display_name_enc: ciphertext() })))).toEqual(['merged'])
    expect(await asOwner(update('customers', id, 3, {}, { notes_enc: 'AAAA' }))).toMatchObject([{ result: 'rejected', code: '23514' }])
    expect(await asOwner(update('customers', id, 3, {}, { erased_at: 'now' }))).toMatchObject([{ result: 'rejected', code: '22023' }])
  })

  test('one whom a colleague has taken down already: the answer says as whom', async () => {
    const person = { msisdn_bidx: randomBytes(32).toString('base64'), msisdn_last4: '1234' }
    const [first, second] = [create('customers', person), create('customers', person)]
    expect(results(await asOwner(first))).toEqual(['applied'])
    expect(await asManager(second)).toMatchObject([{ result: 'rejected', code: '23505', existing_id: first.id }])
  })

  test('a conflict does not keep the digits of a number in the clear', async () => {
    await asManager(update('customers', merchant.customer, 1, {}, { msisdn_last4: '7777' }))
    expect(await asOwner(update('customers', merchant.customer, 1, { msisdn_last4: '0001' }, { msisdn_last4: '8888', notes_enc: ciphertext() }))).toMatchObject([
      { result: 'conflict' },
    ])
    const [kept] = await conflicts()
    expect(Object.keys(kept!['client_patch'] as object)).toEqual(['notes_enc'])
  })
})
