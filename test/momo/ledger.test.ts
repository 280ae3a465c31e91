import { randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Connection } from '../../src/db/index.ts'
import { call, collect, findings, settle, submit, wallet } from './support/money.ts'
import { refusal } from './support/refusal.ts'
import { asPerson, asRole, openWorld, type World } from './support/world.ts'
import { iso4217 } from '../../schema/reference-data.ts'

let world: World
let c: Connection
beforeAll(async () => {
  world = await openWorld()
  c = world.admin
})
afterAll(() => world?.close())

const value = async <T>(sql: string, values: readonly unknown[] = []): Promise<T> => Object.values((await c.query<Record<string, T>>(sql, values))[0]!)[0]!

describe('posting', () => {
  const accountOf = (kind: string) => value<string>(`select id from app.accounts where merchant_id = $1 and kind = $2`, [world.kampala.id, kind])
  const post = (transaction: string, legs: readonly (readonly [string, number | string])[], isolation?: string) =>
    asRole(
      c,
      'momo_ledger',
      () =>
        c.query(`select app.post_journal($1, array(select row(a, m)::app.leg from unnest($2::uuid[], $3::bigint[]) x (a, m)))`, [
          transaction,
          legs.map(([a]) => a),
          legs.map(([, m]) => m),
        ]),
      isolation,
    )

  test('several legs on one account have a balance and a version each', async () => {
    const transaction = await collect(c, world.kampala, 1000)
    const [from, to] = [await accountOf('merchant_wallet'), await accountOf('merchant_pending')]
    await post(transaction, [
      [from, 300],
      [to, -100],
      [from, 200],
      [to, -400],
    ])
    const rows = await c.query(
      `select account_id = $2 as wallet, amount_minor::int as amount, balance_after_minor::int as balance, account_version::int as version
       from app.ledger_entries where transaction_id = $1 order by id offset 2`,
      [transaction, from],
    )
    expect(rows).toEqual([
      { wallet: true, amount: 300, balance: 700, version: 2 },
      { wallet: false, amount: -100, balance: 100, version: 1 },
      { wallet: true, amount: 200, balance: 500, version: 3 },
      { wallet: false, amount: -400, balance: 500, version: 2 },
    ])
    expect(await findings(c)).toEqual([])
  })

  test('refuses what does not balance, overdraws, overflows, is in another currency or is not there', async () => {
    const transaction = await collect(c, world.kampala, 1)
    const foreign = await collect(c, world.accra, 1)
    const [from, to] = [await accountOf('merchant_wallet'), await accountOf('merchant_pending')]
    const legs = (amount: number | string) => [[from, amount], [to, `-${amount}`]] as const // prettier-ignore
    expect(await refusal(post(transaction, [[from, 2], [to, -1]]))).toMatchObject({ code: '23514', constraint: 'ledger_entries_balanced' }) // prettier-ignore
    expect(await refusal(post(transaction, legs(100_000)))).toMatchObject({ code: 'MM402' })
    expect(await refusal(post(transaction, [[from, '-9223372036854775807'], [to, '-9223372036854775807']]))).toMatchObject({ code: '22003' }) // prettier-ignore
    expect(await refusal(post(foreign, legs(1)))).toMatchObject({ code: 'MM422' })
    expect(await refusal(post(uuidv7(), legs(1)))).toMatchObject({ code: 'MM404' })
    expect(await refusal(post(transaction, [[from, 1], [uuidv7(), -1]]))).toMatchObject({ code: 'MM404' }) // prettier-ignore
    expect(await refusal(post(transaction, []))).toMatchObject({ code: 'MM404' })
    expect(await refusal(asRole(c, 'momo_worker', () => c.query(`select app.post_journal($1, '{}')`, [transaction])))).toMatchObject({ code: '42501' })
  })

  test.each(['repeatable read', 'serializable'])('works in %s', async (isolation) => {
    const sent = await asPerson(
      c,
      world.kampala.staff.owner,
      () => call<{ x_reference_id: string }>(c, 'api.submit_transaction', { id: uuidv7(), idempotency_key: randomUUID(), type: 'collection', amount_minor: 10, currency: 'UGX' }),
      'momo_api',
      isolation,
    )
    const args = { provider: 'mtn_momo', environment: 'sandbox', x_reference_id: sent.x_reference_id, status: 'SUCCESSFUL' }
    expect(await asRole(c, 'momo_worker', () => call(c, 'api.settle_transaction', args), isolation)).toMatchObject({ changed: true })
  })
})

describe('fees', () => {
  const fee = async (amount: number) => (await submit(c, world.accra.staff.owner, 'GHS', { type: 'deposit', amount_minor: amount })).fee_minor
  const schedule = (merchant: string | null, tier: string, flat: number, bps: number) =>
    c.query(`insert into app.fee_schedules (merchant_id, currency, type, amount, flat_minor, bps, valid) values ($1, 'GHS', 'deposit', $2, $3, $4, '[2020-01-01,)')`, [
      merchant,
      tier,
      flat,
      bps,
    ])

  test('are rounded half up, by tier, by the own schedule first', async () => {
    expect(await fee(10_000)).toBe(0)
    await schedule(null, '[100,1000)', 0, 50)
    await schedule(null, '[1000,)', 7, 125)
    expect([await fee(99), await fee(100), await fee(299), await fee(300), await fee(999), await fee(1000)]).toEqual([0, 1, 1, 2, 5, 20])
    await schedule(world.accra.id, '[300,400)', 1, 0)
    expect([await fee(299), await fee(300), await fee(400)]).toEqual([1, 1, 2])
    expect(await refusal(schedule(null, '[900,1100)', 0, 0))).toMatchObject({ code: '23P01' })
  })

  test('are taken from what comes in; all of it at most', async () => {
    await schedule(world.accra.id, '[10,20)', 10, 0)
    const { balance } = await wallet(c, world.accra)
    const sent = await submit(c, world.accra.staff.owner, 'GHS', { type: 'deposit', amount_minor: 10 })
    await settle(c, sent.x_reference_id, 'SUCCESSFUL')
    expect((await wallet(c, world.accra)).balance).toBe(balance)
    await schedule(world.accra.id, '[1,5)', 10, 0)
    expect(await refusal(submit(c, world.accra.staff.owner, 'GHS', { type: 'deposit', amount_minor: 4 }))).toMatchObject({ code: 'MM422' })
    expect(await findings(c)).toEqual([])
  })
})

describe('payment requests', () => {
  const ask = async (amount: number | null, expires: string | null = null): Promise<string> => {
    const id = uuidv7()
    await asPerson(c, world.kampala.staff.cashier, () =>
      c.query(
        `insert into app.payment_requests (id, merchant_id, outlet_id, kind, public_token, amount_minor, currency, expires_at) values ($1, $2, $3, 'qr', $4, $5, 'UGX', $6)`,
        [id, world.kampala.id, world.kampala.outlets[0], randomUUID(), amount, expires],
      ),
    )
    return id
  }
  const status = (id: string) => value<string>('select status from app.payment_requests where id = $1', [id])
  const pay = (id: string, amount: number) => submit(c, world.kampala.staff.cashier, 'UGX', { payment_request_id: id, amount_minor: amount })
  const cancel = (id: string, person = world.kampala.staff.cashier) => asPerson(c, person, () => call<{ changed: boolean }>(c, 'api.cancel_payment_request', { id }))

  test('are paid once: nobody collects on one that somebody is paying or has paid', async () => {
    const id = await ask(500)
    expect(await refusal(pay(id, 499))).toMatchObject({ code: 'MM422' })
    const first = await pay(id, 500)
    expect(await refusal(pay(id, 500))).toMatchObject({ code: 'MM410', constraint: 'payment_requests_paid_once' })
    await settle(c, first.x_reference_id, 'FAILED')
    const second = await pay(id, 500)
    await settle(c, second.x_reference_id, 'SUCCESSFUL')
    expect(await status(id)).toBe('paid')
    expect(await value('select paid_transaction_id from app.payment_requests where id = $1', [id])).toBe(second.transaction_id)
    expect(await value(`select count(*)::int from app.outbox_events where topic = 'payment_request.paid' and row_id = $1`, [id])).toBe(1)
    const { balance } = await wallet(c, world.kampala)
    expect(await settle(c, first.x_reference_id, 'SUCCESSFUL'), 'the first one after all').toMatchObject({ suspense_transaction_id: expect.any(String) })
    expect((await wallet(c, world.kampala)).balance).toBe(balance)
    expect(await refusal(pay(id, 500))).toMatchObject({ code: 'MM410' })
    expect(await refusal(cancel(id))).toMatchObject({ code: 'MM410' })
  })

  test('of two who collect at once, the second waits and is refused', async () => {
    const id = await ask(500)
    const other = await connect(world.url)
    try {
      const args = { idempotency_key: randomUUID(), type: 'collection', amount_minor: 500, currency: 'UGX', payment_request_id: id }
      const late = await asPerson(c, world.kampala.staff.cashier, async () => {
        await call(c, 'api.submit_transaction', { id: uuidv7(), ...args })
        const waiting = refusal(submit(other, world.kampala.staff.cashier, 'UGX', { payment_request_id: id, amount_minor: 500 }))
        await new Promise((resolve) => setTimeout(resolve, 200))
        return { waiting }
      })
      expect(await late.waiting).toMatchObject({ code: 'MM410' })
      expect(await value('select count(*)::int from app.transactions where payment_request_id = $1', [id])).toBe(1)
    } finally {
      await other.close()
    }
  })

  test('the worker does not write their status', async () => {
    const id = await ask(500)
    expect(await refusal(asRole(c, 'momo_worker', () => c.query(`update app.payment_requests set status = 'cancelled' where id = $1`, [id])))).toMatchObject({ code: '42501' })
  })

  test('expire and are cancelled', async () => {
    const [over, off] = [await ask(null, new Date(Date.now() + 200).toISOString()), await ask(null)]
    const pending = await pay(over, 300)
    expect(await cancel(off)).toMatchObject({ changed: true })
    expect(await cancel(off)).toMatchObject({ changed: false })
    expect(await refusal(pay(off, 1))).toMatchObject({ code: 'MM410' })
    expect(await refusal(cancel(over, world.accra.staff.owner))).toMatchObject({ code: 'MM404' })
    expect(await refusal(cancel(over, world.kampala.staff.viewer))).toMatchObject({ code: '42501' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await refusal(pay(over, 1))).toMatchObject({ code: 'MM410' })
    expect(await asRole(c, 'momo_worker', () => call(c, 'ops.expire_payment_requests', { most: 10 }))).toBe(1)
    expect(await status(over)).toBe('expired')
    await settle(c, pending.x_reference_id, 'SUCCESSFUL')
    expect(await status(over), 'its payer agreed in time').toBe('paid')
  })
})

test('days are added up in the time zone of the merchant, again and again', async () => {
  // 22:30 UTC is the next day in Kampala and the same day in Accra.
  for (const [merchant, at, amount] of [
    [world.kampala, '2026-02-03T20:59:59.999Z', 1],
    [world.kampala, '2026-02-03T21:00:00Z', 2],
    [world.kampala, '2026-02-03T22:30:00Z', 4],
    [world.kampala, '2026-02-04T21:00:00Z', 8],
    [world.accra, '2026-02-03T22:30:00Z', 16],
    [world.accra, '2026-02-04T00:00:00Z', 32],
  ] as const)
    await c.query(
      `insert into app.transactions (id, merchant_id, type, status, direction, amount_minor, fee_minor, currency, created_at)
       values (app.uuidv7_at($2::timestamptz - interval '29 days'), $1, 'collection', 'pending', 'in', $3, 1, $4, $2)`,
      [merchant.id, at, amount, merchant.currency],
    )
  const roll = () => asRole(c, 'momo_worker', () => call<number>(c, 'ops.roll_up_days', { from_day: '2026-02-03', until_day: '2026-02-05' }))
  const totals = () =>
    c.query(
      `select m.trading_name as who, d.day::text as day, d.status, d.transactions as n, d.amount_minor::int as amount, d.fee_minor::int as fee
       from app.merchant_daily_totals d join app.merchants m on m.id = d.merchant_id order by 1, 2, 3`,
    )
  expect(await roll()).toBe(4)
  const expected = [
    { who: 'Accra', day: '2026-02-03', status: 'pending', n: 1, amount: 16, fee: 1 },
    { who: 'Accra', day: '2026-02-04', status: 'pending', n: 1, amount: 32, fee: 1 },
    { who: 'Kampala', day: '2026-02-03', status: 'pending', n: 1, amount: 1, fee: 1 },
    { who: 'Kampala', day: '2026-02-04', status: 'pending', n: 2, amount: 6, fee: 2 },
  ]
  expect(await totals()).toEqual(expected)
  await c.query(`set timezone = 'America/Los_Angeles'`)
  expect(await roll(), 'nothing changed').toBe(0)
  await c.query('reset timezone')
  await c.query(
    `update app.transactions set status = 'failed', failure_reason = 'X', completed_at = now() where created_at in ('2026-02-03T22:30:00Z', '2026-02-03T20:59:59.999Z') and merchant_id = $1`,
    [world.kampala.id],
  )
  expect(await roll()).toBe(4)
  expect(await totals()).toEqual([
    ...expected.slice(0, 2),
    { who: 'Kampala', day: '2026-02-03', status: 'failed', n: 1, amount: 1, fee: 1 },
    { who: 'Kampala', day: '2026-02-04', status: 'failed', n: 1, amount: 4, fee: 1 },
    { who: 'Kampala', day: '2026-02-04', status: 'pending', n: 1, amount: 2, fee: 1 },
  ])
  expect(await asPerson(c, world.accra.staff.viewer, () => c.query('select sum(amount_minor)::int as n from app.merchant_daily_totals'))).toEqual([{ n: 48 }])
})

test('totals of days whose transactions are archived stay as they are', async () => {
  const other = await openWorld()
  try {
    const roll = (from: string | null, until: string | null) =>
      asRole(other.admin, 'momo_worker', () => call<number>(other.admin, 'ops.roll_up_days', { from_day: from, until_day: until }))
    await other.admin.query(
      `insert into app.merchant_daily_totals (merchant_id, day, currency, type, status, transactions, amount_minor, fee_minor)
       select $1, d, 'UGX', 'collection', 'successful', 1, 1000, 0 from unnest(array['2026-01-20', '2026-02-20']::date[]) d`,
      [other.kampala.id],
    )
    expect(await refusal(roll(null, '2026-02-01'))).toMatchObject({ code: 'MM422' })
    expect(await refusal(roll('2026-01-01', null))).toMatchObject({ code: 'MM422' })
    await other.admin.script('set session_replication_role = replica; drop table app.transactions_2026_01 cascade; reset session_replication_role')
    expect(await refusal(roll('2026-01-20', '2026-01-21'))).toMatchObject({ code: 'MM422' })
    expect(await refusal(roll('2026-02-20', '2026-02-21')), 'ids may be of January').toMatchObject({ code: 'MM422' })
    expect(await roll('2026-03-04', '2026-03-05')).toBe(0)
    expect(await other.admin.query('select day::text from app.merchant_daily_totals order by day')).toEqual([{ day: '2026-01-20' }, { day: '2026-02-20' }])
  } finally {
    await other.close()
  }
})

test('reference data can be loaded again, and what a role lost goes', async () => {
  const load = () => asRole(c, 'momo_migrator', () => c.query('select ops.load_reference_data()'))
  const all = () =>
    c.query(
      `select (select count(*)::int from app.currencies) as currencies, (select count(*)::int from app.role_permissions) as permissions, (select count(*)::int from app.retention_policies) as retention, (select count(*)::int from ops.cluster_epoch) as epochs`,
    )
  const before = await all()
  await c.query(`insert into app.role_permissions (role, permission) values ('viewer', 'payout.approve')`)
  await c.query(`update app.role_permissions set max_units = 1 where role = 'cashier' and permission = 'transaction.refund'`)
  await load()
  await load()
  expect(await all()).toEqual(before)
  expect(before).toMatchObject([{ currencies: iso4217.length, epochs: 1 }])
  expect(await value(`select max_units::int from app.role_permissions where role = 'cashier' and permission = 'transaction.refund'`)).toBe(25)
  expect(await refusal(asRole(c, 'momo_worker', () => c.query('select ops.load_reference_data()')))).toMatchObject({ code: '42501' })
})

test('exponents are those that the runtime knows', () => {
  const known = (currency: string) => new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits
  expect(iso4217.filter(([code, , exponent]) => known(code) !== exponent)).toEqual([])
})

describe('the proof of the ledger', () => {
  const names = async () => [...new Set((await findings(c)).map((f) => f.check_name))].sort()
  /** Tampers as only a superuser can, looks, and undoes it. */
  const tampered = async (...statements: readonly string[]): Promise<string[]> => {
    // The guards fire even for replicas, so they are disabled; the foreign keys then keep quiet as for a replica.
    const off = await c.query<{ sql: string }>(
      `select format('alter table %s disable trigger user', i.oid::regclass) as sql from pg_class i where i.relnamespace = 'app'::regnamespace and i.relkind in ('r', 'p') and not i.relispartition`,
    )
    await c.script(`begin; ${off.map((o) => o.sql).join('; ')}; set local session_replication_role = replica; ${statements.join('; ')}`)
    try {
      await c.query('set local role momo_worker')
      return [...new Set((await c.query<{ check_name: string }>('select check_name from ops.verify_ledger()')).map((f) => f.check_name))].sort()
    } finally {
      await c.query('rollback')
    }
  }

  test('finds nothing, with and without checkpoints', async () => {
    expect(await names()).toEqual([])
    const at = await value<string>(`select date_trunc('milliseconds', clock_timestamp())::text`)
    for (const { id } of await c.query<{ id: string }>('select id from app.accounts'))
      await asRole(c, 'momo_worker', () => c.query('select ops.write_checkpoint($1, $2)', [id, at]))
    expect(await names()).toEqual([])
    await collect(c, world.kampala, 5)
    expect(await names()).toEqual([])
    expect(await tampered(`delete from app.ledger_entries where id < app.uuidv7_floor('${at}')`), 'what is archived').toEqual([])
    expect(await refusal(asRole(c, 'momo_worker', () => c.query(`select ops.write_checkpoint(id, now() + interval '1 hour') from app.accounts limit 1`)))).toMatchObject({
      code: 'MM422',
    })
  })

  const newest = `(select id from app.ledger_entries order by id desc limit 1)`
  test.each([
    ['a balance', 'update app.accounts set balance_minor = balance_minor + 1 where version > 0', ['I3 balance']],
    ['a version', 'update app.accounts set version = version + 1 where version > 0', ['I3 balance']],
    ['an amount', `update app.ledger_entries set amount_minor = amount_minor - 1 where id = ${newest}`, ['I1 journal', 'I2 currency', 'I3 balance', 'I4 chain']],
    ['a leg that is gone', `delete from app.ledger_entries where id = ${newest}`, ['I1 journal', 'I2 currency', 'I3 balance']],
    ['a balance of an entry', `update app.ledger_entries set balance_after_minor = 0 where id = ${newest}`, ['I4 chain']],
    ['a hold', `update app.accounts set held_minor = balance_minor where kind = 'merchant_wallet'`, []],
    ['a checkpoint', 'update app.account_checkpoints set balance_minor = balance_minor + 1 where account_version > 0', ['I3 balance', 'I4 checkpoint']],
  ])('finds %s', async (_what, statement, expected) => {
    expect(await tampered(statement)).toEqual(expected)
  })

  test('finds an account below its floor and more refunds than there was', async () => {
    const original = await collect(c, world.kampala, 100)
    expect(
      await tampered('alter table app.accounts drop constraint accounts_floor_check', `update app.accounts set held_minor = balance_minor + 1 where kind = 'merchant_wallet'`),
    ).toEqual(['I5 floor'])
    expect(
      await tampered(
        `insert into app.refunds (merchant_id, original_transaction_id, amount_minor, currency, reason, requested_by) select merchant_id, id, 101, currency, 'x', initiated_by from app.transactions where id = '${original}'`,
      ),
    ).toEqual(['I9 refunds'])
  })
})

test('a statement comes page by page, newest first, each entry with the balance after it, and only to whose account it is', async () => {
  const { admin, kampala, accra } = world
  for (const amount of [10, 20, 30]) await collect(admin, kampala, amount)
  const [account] = await admin.query<{ id: string }>(`select id from app.accounts where merchant_id = $1 and kind = 'merchant_wallet' and shard = 0`, [kampala.id])
  type Entry = { entry_id: string; amount_minor: bigint; balance_after_minor: bigint }
  const page = (person: typeof kampala.staff.owner, before: string | null, size: number | null = 2) =>
    asPerson(admin, person, () =>
      admin.query<Entry>(`select * from api.account_statement($1, coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'), $3)`, [account!.id, before, size]),
    )
  const first = await page(kampala.staff.owner, null)
  expect(first.map((e) => Number(e.amount_minor))).toEqual([-30, -20])
  expect(Number(first[0]!.balance_after_minor) - Number(first[1]!.balance_after_minor)).toBe(30)
  const second = await page(kampala.staff.owner, first[1]!.entry_id)
  expect(Number(second[0]!.amount_minor)).toBe(-10)
  expect(await page(accra.staff.owner, null)).toEqual([])
  expect((await refusal(page(kampala.staff.owner, null, 0))).code).toBe('MM422')
  expect((await refusal(page(kampala.staff.owner, null, null))).code).toBe('MM422')
})
