import { randomBytes, randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '../../src/db/index.ts'
import { session } from '../support/command.ts'
import { collect, submit } from './support/money.ts'
import { asPerson, asRole, openWorld, type World } from './support/world.ts'

let world: World
let admin: Connection
/** Two people of compliance, each with a login of their own. */
const people = ['a', 'b'].map((who) => `momo_test_${who}_${randomBytes(4).toString('hex')}`) as [string, string]

beforeAll(async () => {
  world = await openWorld()
  admin = world.admin
  for (const who of people) await admin.script(`create role ${who} login in role momo_compliance`)
})
afterAll(async () => {
  for (const who of people) await admin?.script(`drop role if exists ${who}`)
  await world?.close()
})

/** In a session of somebody of compliance. */
const as = <T>(who: string, sql: string, values: unknown[] = []) =>
  session(world.url, async (c) => {
    await c.script(`set session authorization ${who}`)
    return c.query<T>(sql, values)
  })

interface Line {
  readonly class: string
  readonly table_name: string
  readonly country: string | null
  readonly how: string
  readonly due: number
  readonly held: number
  readonly done: number
}
const lines = 'class, table_name, country, how, due::int, held::int'
const dryRun = () => asRole(admin, 'momo_retention', (c) => c.query<Line>(`select ${lines}, done::int from ops.apply_retention()`))
const run = (id: string | null) => asRole(admin, 'momo_retention', (c) => c.query<Line>(`select ${lines}, done::int from ops.apply_retention(false, $1)`, [id]))
const approved = async (): Promise<string> => {
  const [asked] = await as<{ id: string }>(people[0], 'select api.request_retention() as id')
  await as(people[1], 'select api.approve_retention($1)', [asked!.id])
  return asked!.id
}
const hold = (merchant: string | null, table: string | null = null, id: string | null = null) =>
  asRole(admin, 'momo_compliance', (c) =>
    c.query<{ id: string }>(`insert into app.legal_holds (merchant_id, subject_table, subject_id, range, reason) values ($1, $2, $3, '(,)', 'Case 7') returning id`, [
      merchant,
      table,
      id,
    ]),
  ).then((rows) => rows[0]!.id)
const lift = (id: string) => asRole(admin, 'momo_compliance', (c) => c.query(`update app.legal_holds set released_at = now() where id = $1`, [id]))
const keys = (merchant: string, age: string, many = 1) =>
  admin.query(
    `insert into app.idempotency_keys (merchant_id, key, scope, request_hash, created_at, expires_at)
     select $1, gen_random_uuid()::text, 'test', sha256(''), now() - $2::interval, now() - $2::interval + interval '90 days' from generate_series(1, $3)`,
    [merchant, age, many],
  )
const of = (found: readonly Line[], table: string) => found.filter((l) => l.table_name === table).map(({ country, due, held, done }) => ({ country, due, held, done }))

describe('what is due', () => {
  beforeEach(() => admin.script('delete from app.idempotency_keys'))

  test('is older than its period, by the country of its merchant', async () => {
    await keys(world.kampala.id, '91 days', 3)
    await keys(world.kampala.id, '89 days', 5)
    await keys(world.accra.id, '100 days')
    expect(of(await dryRun(), 'app.idempotency_keys')).toEqual([
      { country: 'GH', due: 1, held: 0, done: 0 },
      { country: 'UG', due: 3, held: 0, done: 0 },
    ])
    expect((await admin.query<{ n: number }>('select count(*)::int as n from app.idempotency_keys'))[0]!.n).toBe(9)
  })

  test('is what the longest period says, and the own one of a country', async () => {
    await keys(world.kampala.id, '91 days')
    await keys(world.accra.id, '91 days')
    const policy = (country: string | null, name: string, retain: string) =>
      admin.query(
        `insert into app.retention_policies (class, country, applies_to, retain, anchor, action, legal_basis) values ($1, $2, '{app.idempotency_keys}', $3::interval, 'created', 'delete', 'test')`,
        [name, country, retain],
      )
    await admin.query('begin')
    await policy('GH', 'R4_idempotency', '30 days')
    await policy('UG', 'R4_idempotency', '1 year')
    expect(of(await admin.query<Line>(`select ${lines}, 0 as done from ops.retention_due()`), 'app.idempotency_keys')).toEqual([{ country: 'GH', due: 1, held: 0, done: 0 }])
    await policy(null, 'R9', '10 years')
    expect(of(await admin.query<Line>(`select ${lines}, 0 as done from ops.retention_due()`), 'app.idempotency_keys')).toEqual([])
    await admin.query(`delete from app.retention_policies`)
    expect(await admin.query('select * from ops.retention_due()')).toEqual([])
    await admin.query('rollback')
  })

  test('is held by a hold, on all, on a merchant, on a row', async () => {
    await keys(world.kampala.id, '91 days', 2)
    await keys(world.accra.id, '91 days')
    const [row] = await admin.query<{ id: string }>('select id from app.idempotency_keys where merchant_id = $1 limit 1', [world.kampala.id])
    const counts = async () => of(await dryRun(), 'app.idempotency_keys').map((l) => [l.country, l.due, l.held])
    const one = await hold(null, 'app.idempotency_keys', row!.id)
    expect(await counts()).toEqual([['GH', 1, 0], ['UG', 1, 1]]) // prettier-ignore
    await lift(one)
    const merchant = await hold(world.kampala.id)
    expect(await counts()).toEqual([['GH', 1, 0], ['UG', 0, 2]]) // prettier-ignore
    await lift(merchant)
    const all = await hold(null)
    expect(await counts()).toEqual([['GH', 0, 1], ['UG', 0, 2]]) // prettier-ignore
    await lift(all)
    expect(await counts()).toEqual([['GH', 1, 0], ['UG', 2, 0]]) // prettier-ignore
  })

  test('of months is reported, unless they are held', async () => {
    const months = () => admin.query<Line>(`select ${lines} from ops.retention_due(now() + interval '11 years') where how = 'partition' and table_name = 'app.transactions'`)
    const [free] = await months()
    expect(free!.due).toBeGreaterThan(0)
    const id = await hold(world.accra.id)
    expect(await months()).toMatchObject([{ due: 0, held: free!.due }])
    expect(await asRole(admin, 'momo_retention', (c) => c.query(`select reason from ops.partition_holds('app.transactions', '2026-01-01', '2026-02-01')`))).toEqual([
      { reason: expect.stringContaining('Case 7') },
    ])
    await lift(id)
    expect(await asRole(admin, 'momo_retention', (c) => c.query(`select reason from ops.partition_holds('app.transactions', '2026-01-01', '2026-02-01')`))).toEqual([])
  })
})

describe('a run', () => {
  test('needs two people', async () => {
    await expect(run(null)).rejects.toMatchObject({ code: 'MM403' })
    await expect(run(randomUUID())).rejects.toMatchObject({ code: 'MM404' })
    const [asked] = await as<{ id: string }>(people[0], 'select api.request_retention() as id')
    await expect(run(asked!.id)).rejects.toMatchObject({ code: 'MM403' })
    await expect(as(people[0], 'select api.approve_retention($1)', [asked!.id])).rejects.toMatchObject({ code: 'MM403' })
    await expect(asRole(admin, 'momo_retention', (c) => c.query('select api.approve_retention($1)', [asked!.id]))).rejects.toMatchObject({ code: '42501' })
    await as(people[1], 'select api.approve_retention($1)', [asked!.id])
    await expect(as(people[1], 'select api.approve_retention($1)', [asked!.id])).rejects.toMatchObject({ code: 'MM403' })
    await run(asked!.id)
    await expect(run(asked!.id)).rejects.toMatchObject({ code: 'MM403' })
    expect(await admin.query('select requested_by, approved_by from app.retention_runs where id = $1', [asked!.id])).toEqual([{ requested_by: people[0], approved_by: people[1] }])
    await expect(as(people[0], `select api.request_retention(now() + interval '1 day')`)).rejects.toMatchObject({ code: 'MM422' })
    await expect(asRole(admin, 'momo_worker', (c) => c.query('select * from ops.apply_retention(false)'))).rejects.toMatchObject({ code: '42501' })
  })

  test('deletes what is due in batches until nothing is left, with a trace', async () => {
    await admin.script('delete from app.idempotency_keys')
    await keys(world.kampala.id, '91 days', 10_050)
    await keys(world.kampala.id, '1 day')
    await admin.query(
      `insert into app.sync_tombstones (merchant_id, table_name, row_id, reason, created_at) values ($1, 'customers', $2, 'deleted', now() - interval '181 days')`,
      [world.accra.id, uuidv7()],
    )
    const id = await approved()
    const first = await run(id)
    expect(of(first, 'app.idempotency_keys')).toEqual([{ country: 'UG', due: 10_050, held: 0, done: 10_000 }])
    expect(of(first, 'app.sync_tombstones')).toEqual([{ country: 'GH', due: 1, held: 0, done: 1 }])
    expect(await admin.query('select executed_at from app.retention_runs where id = $1', [id])).toEqual([{ executed_at: null }])
    expect(of(await run(id), 'app.idempotency_keys')).toEqual([{ country: 'UG', due: 50, held: 0, done: 50 }])
    const [after] = await admin.query<{ executed: boolean; left: number; audited: number }>(
      `select (select executed_at is not null from app.retention_runs where id = $1) as executed, (select count(*) from app.idempotency_keys)::int as left,
              (select count(*) from audit.audit_log where table_name = 'app.idempotency_keys' and op = 'DELETE' and db_role is not null and effective_role = 'momo_retention')::int as audited`,
      [id],
    )
    expect(after).toEqual({ executed: true, left: 1, audited: 10_050 })
  })

  test('erases customers who were not seen for two years, and not those who paid', async () => {
    const { kampala, accra } = world
    await collect(admin, kampala, 100)
    const ids = [uuidv7(), uuidv7(), uuidv7()] as const
    for (const id of ids)
      await admin.query(
        `insert into app.customers (id, merchant_id, msisdn_last4, created_at, updated_at) values ($1, $2, '1234', now() - interval '3 years', now() - interval '3 years')`,
        [id, kampala.id],
      )
    await admin.script(
      `alter table app.transactions disable trigger user; update app.transactions set customer_id = '${ids[1]}' where merchant_id = '${kampala.id}'; alter table app.transactions enable trigger user`,
    )
    const held = await hold(kampala.id, 'app.customers', ids[2])
    expect(of(await dryRun(), 'app.customers')).toEqual([{ country: 'UG', due: 1, held: 1, done: 0 }])
    await run(await approved())
    const erased = await admin.query<{ id: string }>('select id from app.customers where erased_at is not null')
    expect(erased).toEqual([{ id: ids[0] }])
    await lift(held)
    expect(accra.customer).not.toBe(ids[0])
  })
})

describe('a legal hold', () => {
  test('is placed and lifted by who logged in, whatever they say, and lifted once', async () => {
    const { accra } = world
    const [placed] = await as<{ id: string }>(people[0], `insert into app.legal_holds (merchant_id, range, reason) values ($1, '(,)', 'Case 9') returning id`, [accra.id])
    const words = `insert into app.legal_holds (merchant_id, range, reason, placed_by) values ($1, '(,)', 'Case 9', 'counsel')`
    await expect(as(people[0], words, [accra.id])).rejects.toMatchObject({ code: '42501' })
    await expect(as(people[1], `update app.legal_holds set released_by = 'nobody' where id = $1`, [placed!.id])).rejects.toMatchObject({ code: '42501' })
    await as(people[1], `update app.legal_holds set released_at = '2000-01-01' where id = $1`, [placed!.id])
    const row = () => admin.query(`select placed_by, released_by, released_at > now() - interval '1 hour' as lately from app.legal_holds where id = $1`, [placed!.id])
    expect(await row()).toEqual([{ placed_by: people[0], released_by: people[1], lately: true }])
    await expect(as(people[0], 'update app.legal_holds set released_at = null where id = $1', [placed!.id])).rejects.toMatchObject({ code: 'MM403' })
    // A superuser's statement is signed as well.
    await admin.query(`update app.legal_holds set placed_by = 'me', released_by = 'me' where id = $1`, [placed!.id])
    expect(await row()).toEqual([{ placed_by: people[0], released_by: people[1], lately: true }])
  })

  test('and a document are decided on by who logged in', async () => {
    const { accra } = world
    const [shown] = await admin.query<{ id: string }>(
      `insert into app.kyc_documents (merchant_id, doc_type, content_sha256) values ($1, 'passport', sha256('scan')) returning id`,
      [accra.id],
    )
    await as(people[0], `update app.kyc_documents set review_status = 'approved' where id = $1`, [shown!.id])
    expect(await admin.query('select reviewed_by, reviewed_at is not null as at from app.kyc_documents where id = $1', [shown!.id])).toEqual([{ reviewed_by: people[0], at: true }])
    await expect(as(people[0], `update app.kyc_documents set reviewed_by = 'me' where id = $1`, [shown!.id])).rejects.toMatchObject({ code: '42501' })
  })
})

describe('erasing a customer', () => {
  const secret = () => Buffer.concat([Buffer.from([1]), randomBytes(60)])
  const prepared = async () => {
    const { kampala } = world
    const [id, key] = [uuidv7(), randomUUID()]
    await admin.query(`insert into app.encryption_keys (id, merchant_id, subject_customer_id, purpose, kek_ref, wrapped_dek) values ($1, $2, $3, 'pii', 'kek', '\\x01')`, [
      key,
      kampala.id,
      id,
    ])
    await admin.query(
      `insert into app.customers (id, merchant_id, display_name_enc, msisdn_enc, msisdn_bidx, msisdn_last4, notes_enc, dek_id, marketing_consent_at) values ($1, $2, $3, $4, $5, '4321', $6, $7, now())`,
      [id, kampala.id, secret(), secret(), randomBytes(32), secret(), key],
    )
    const paid = await collect(admin, kampala, 2500)
    await admin.script('alter table app.transactions disable trigger user')
    await admin.query(
      `update app.transactions set customer_id = $2, payer_enc = $3, payer_bidx = $4, payer_last4 = '4321', payee_last4 = '9999', payer_message_enc = $5 where id = $1`,
      [paid, id, secret(), randomBytes(32), secret()],
    )
    await admin.script('alter table app.transactions enable trigger user; alter table app.transactions enable always trigger z9_audit')
    return { id, key, paid }
  }
  const erase = (id: string, reason = 'asked by mail') =>
    asRole(admin, 'momo_compliance', (c) => c.query<{ answer: unknown }>('select ops.erase_customer($1, $2) as answer', [id, reason]))

  test('takes what tells who they are, and keeps what the law wants', async () => {
    const { id, key, paid } = await prepared()
    expect(await erase(id)).toEqual([{ answer: { customer_id: id, keys_destroyed: 1, transactions: 1 } }])
    const [row] = await admin.query(
      `select display_name_enc, msisdn_enc, msisdn_bidx, msisdn_last4, email_enc, notes_enc, marketing_consent_at, erased_at is not null as erased, merchant_id from app.customers where id = $1`,
      [id],
    )
    expect(row).toEqual({
      display_name_enc: null, msisdn_enc: null, msisdn_bidx: null, msisdn_last4: null, email_enc: null, notes_enc: null, marketing_consent_at: null, erased: true,
      merchant_id: world.kampala.id,
    }) // prettier-ignore
    expect(await admin.query('select status, wrapped_dek, destroyed_at is not null as at from app.encryption_keys where id = $1', [key])).toEqual([
      { status: 'destroyed', wrapped_dek: null, at: true },
    ])
    expect(
      await admin.query(
        'select amount_minor::int as amount, customer_id, payer_enc is not null as payer, payer_bidx, payer_last4, payer_message_enc, payee_last4 from app.transactions where id = $1',
        [paid],
      ),
    ).toEqual([{ amount: 2500, customer_id: id, payer: true, payer_bidx: null, payer_last4: null, payer_message_enc: null, payee_last4: '9999' }])
    expect(await admin.query('select reason from app.sync_tombstones where row_id = $1', [id])).toEqual([{ reason: 'erased' }])
    expect(await admin.query(`select new_data ->> 'reason' as reason from audit.audit_log where op = 'ERASE' and row_id = $1`, [id])).toEqual([{ reason: 'asked by mail' }])
    const [leak] = await admin.query<{ n: number }>(
      `select count(*)::int as n from audit.audit_log a where row_id in ($1, $2) and (coalesce(old_data::text, '') || coalesce(new_data::text, '')) ~ '4321'`,
      [id, paid],
    )
    expect(leak!.n).toBe(0)
    expect(await erase(id)).toEqual([{ answer: { customer_id: id, keys_destroyed: 0, transactions: 0 } }])
    expect(await admin.query('select reason from app.sync_tombstones where row_id = $1', [id])).toHaveLength(1)
    expect(await asRole(admin, 'momo_worker', (c) => c.query('select * from ops.verify_ledger()'))).toEqual([])
  })

  test('does not end with the merchant: customers of a closed one are erased when they ask, and when their time is over', async () => {
    const { kampala } = world
    const [asked, told] = [await prepared(), await prepared()]
    const old = uuidv7()
    await admin.query(
      `insert into app.customers (id, merchant_id, msisdn_last4, created_at, updated_at) values ($1, $2, '1234', now() - interval '3 years', now() - interval '3 years')`,
      [old, kampala.id],
    )
    await admin.query(`update app.merchants set status = 'closed' where id = $1`, [kampala.id])
    try {
      // Nothing else is written by its people.
      const note = (c: Connection) => c.query(`update app.customers set marketing_consent_at = null where id = $1`, [asked.id])
      await expect(asPerson(admin, kampala.staff.owner, note)).rejects.toMatchObject({ code: '42501' })
      expect(await asPerson(admin, kampala.staff.owner, (c) => c.query('select api.erase_customer($1, $2)', [asked.id, 'asked at the counter']))).toHaveLength(1)
      expect(await erase(told.id)).toEqual([{ answer: { customer_id: told.id, keys_destroyed: 1, transactions: 1 } }])
      await run(await approved())
      const left = await admin.query('select id from app.customers where id = any ($1) and erased_at is null', [[asked.id, told.id, old]])
      expect(left).toEqual([])
      expect(await admin.query(`select status from app.encryption_keys where id = any ($1)`, [[asked.key, told.key]])).toEqual([{ status: 'destroyed' }, { status: 'destroyed' }])
    } finally {
      await admin.query(`update app.merchants set status = 'active' where id = $1`, [kampala.id])
    }
  })

  test('reaches what they paid and were paid without being named as a customer', async () => {
    const { kampala } = world
    const { owner } = kampala.staff
    const [mine, other] = [randomBytes(32), randomBytes(32)]
    const [{ id }] = (await asPerson(admin, owner, (c) =>
      c.query<{ id: string }>(`insert into app.customers (merchant_id, msisdn_enc, msisdn_bidx, msisdn_last4) values ($1, $2, $3, '8765') returning id`, [
        kampala.id,
        secret(),
        mine,
      ]),
    )) as [{ id: string }]
    await collect(admin, kampala, 5000)
    const paid = (bidx: Buffer, last4: string) => submit(admin, owner, 'UGX', { payer_enc: secret(), payer_bidx: bidx, payer_last4: last4, payer_message_enc: secret() })
    const ids = [
      await paid(mine, '8765'),
      await submit(admin, owner, 'UGX', { type: 'disbursement', payee_enc: secret(), payee_bidx: mine, payee_last4: '8765' }),
      await paid(other, '1111'),
    ]
    expect(await erase(id)).toEqual([{ answer: { customer_id: id, keys_destroyed: 0, transactions: 2 } }])
    expect(
      await admin.query(
        'select coalesce(payer_bidx, payee_bidx) is not null as found, coalesce(payer_last4, payee_last4) as last4, coalesce(payer_enc, payee_enc) is not null as number, payer_message_enc is not null as message from app.transactions where id = any ($1::uuid[]) order by id',
        [ids.map((t) => t.transaction_id)],
      ),
    ).toEqual([
      { found: false, last4: null, number: true, message: false },
      { found: false, last4: null, number: true, message: false },
      { found: true, last4: '1111', number: true, message: true },
    ])
  })

  test('is refused under a legal hold, without a reason, and for a stranger', async () => {
    const { id } = await prepared()
    for (const [merchant, table, row] of [
      [world.kampala.id, null, null],
      [null, 'app.customers', id],
      [null, null, null],
    ] as const) {
      const held = await hold(merchant, table, row)
      await expect(erase(id)).rejects.toMatchObject({ code: 'MM423' })
      await lift(held)
    }
    await expect(erase(id, '')).rejects.toMatchObject({ code: 'MM422' })
    await expect(erase(randomUUID())).rejects.toMatchObject({ code: 'MM404' })
    const own = (c: Connection) => c.query('select api.erase_customer($1, $2)', [id, 'asked at the counter'])
    await expect(asPerson(admin, world.kampala.staff.cashier, own)).rejects.toMatchObject({ code: '42501' })
    await expect(asPerson(admin, world.accra.staff.owner, own)).rejects.toMatchObject({ code: 'MM404' })
    await expect(asRole(admin, 'momo_api', (c) => c.query('select ops.erase_customer($1, $2)', [id, 'no right']))).rejects.toMatchObject({ code: '42501' })
    expect(await asPerson(admin, world.kampala.staff.owner, own)).toHaveLength(1)
  })
})

test('erasing a user shuts them out and leaves their id', async () => {
  const { cashier, owner } = world.kampala.staff
  const erase = (id: string) => asRole(admin, 'momo_compliance', (c) => c.query('select ops.erase_user($1, $2)', [id, 'left and asked']))
  await expect(erase(owner.user)).rejects.toMatchObject({ code: 'MM422' })
  const held = await hold(world.kampala.id)
  await expect(erase(cashier.user)).rejects.toMatchObject({ code: 'MM423' })
  await lift(held)
  await erase(cashier.user)
  await erase(cashier.user)
  expect(await admin.query('select auth_subject, status, erased_at is not null as erased from app.users where id = $1', [cashier.user])).toEqual([
    { auth_subject: `erased:${cashier.user}`, status: 'closed', erased: true },
  ])
  await expect(asPerson(admin, cashier, (c) => c.query('select 1'))).rejects.toMatchObject({ code: '42501' })
})
