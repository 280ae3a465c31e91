import { randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Connection } from '../../src/db/index.ts'
import { refusal } from './support/refusal.ts'
import { call, collect, findings, settle, submit, wallet, type Submitted } from './support/money.ts'
import { addMerchant, asPerson, asRole, openWorld, type Merchant, type World } from './support/world.ts'

let world: World
let c: Connection
let kampala: Merchant
beforeAll(async () => {
  world = await openWorld()
  c = world.admin
  kampala = world.kampala
})
afterAll(() => world?.close())

const one = async <T>(sql: string, values: readonly unknown[] = []): Promise<T> => (await c.query<T>(sql, values))[0]!
const count = async (sql: string, values: readonly unknown[] = []): Promise<number> => (await one<{ n: number }>(`select count(*)::int as n from ${sql}`, values)).n
const legs = (transaction: string) =>
  c.query<{ kind: string; amount: number; version: number }>(
    'select a.kind, e.amount_minor::int as amount from app.ledger_entries e join app.accounts a on a.id = e.account_id where e.transaction_id = $1 order by e.entry_seq',
    [transaction],
  )

describe('submitting', () => {
  test('a collection is pending, named for the provider, and told about nothing yet', async () => {
    const sent = await submit(c, kampala.staff.cashier, 'UGX', { amount_minor: 5000, reference: 'order 7', is_offline: true, captured_at: '2026-01-01T08:00:00Z' })
    expect(sent).toMatchObject({ status: 'pending', fee_minor: 0, replayed: false })
    expect(
      await one('select status, direction, outlet_id, initiated_by, device_id, is_offline, reference, submitted_at from app.transactions where id = $1', [sent.transaction_id]),
    ).toEqual({
      status: 'pending',
      direction: 'in',
      outlet_id: kampala.outlets[0],
      initiated_by: kampala.staff.cashier.user,
      device_id: kampala.staff.cashier.device,
      is_offline: true,
      reference: 'order 7',
      submitted_at: null,
    })
    expect(await one('select product, operation, environment, external_id from app.provider_references where x_reference_id = $1', [sent.x_reference_id])).toEqual({
      product: 'collection',
      operation: 'requesttopay',
      environment: 'sandbox',
      external_id: sent.transaction_id,
    })
    expect(await count('app.outbox_events where row_id = $1', [sent.transaction_id])).toBe(0)
  })

  test('the same key gives the same answer, with a new id and another ciphertext too', async () => {
    const key = randomUUID()
    const sealed = () => `\\x01${randomUUID().replaceAll('-', '').repeat(3)}`
    const ask = () => submit(c, kampala.staff.owner, 'UGX', { idempotency_key: key, payer_enc: sealed(), captured_at: '2026-01-01T08:00:00Z' })
    const first = await ask()
    await c.query(`set timezone = 'Asia/Tokyo'`)
    const second = await ask()
    await c.query('reset timezone')
    expect(second).toEqual({ ...first, replayed: true })
    expect(await refusal(submit(c, kampala.staff.owner, 'UGX', { idempotency_key: key, amount_minor: 1001 }))).toMatchObject({ code: 'MM409' })
    // Nobody learns the answer to a colleague's request.
    expect(await refusal(submit(c, kampala.staff.manager, 'UGX', { idempotency_key: key, captured_at: '2026-01-01T08:00:00Z' }))).toMatchObject({ code: 'MM409' })
    expect(await submit(c, world.accra.staff.owner, 'GHS', { idempotency_key: key, amount_minor: 1001 })).toMatchObject({ replayed: false })
  })

  test('of two with one key at once, the second waits and gets the answer of the first', async () => {
    const key = randomUUID()
    const other = await connect(world.url)
    try {
      const args = { id: uuidv7(), idempotency_key: key, type: 'collection', amount_minor: 900, currency: 'UGX' }
      const { first, second } = await asPerson(c, kampala.staff.owner, async () => {
        const answer = await call<Submitted>(c, 'api.submit_transaction', args)
        const waiting = submit(other, kampala.staff.owner, 'UGX', { ...args, id: uuidv7() })
        await new Promise((resolve) => setTimeout(resolve, 200))
        return { first: answer, second: waiting }
      })
      expect(await second).toEqual({ ...first, replayed: true })
      expect(await count('app.transactions where merchant_id = $1 and amount_minor = 900', [kampala.id])).toBe(1)
    } finally {
      await other.close()
    }
  })

  test('a snapshot that is too old to see the first asks for a retry, which gets its answer', async () => {
    const args = { id: uuidv7(), idempotency_key: randomUUID(), type: 'collection', amount_minor: 901, currency: 'UGX' }
    const other = await connect(world.url)
    const ask = () => asPerson(other, kampala.staff.owner, () => call<Submitted>(other, 'api.submit_transaction', args), 'momo_api', 'repeatable read')
    try {
      const early = await asPerson(c, kampala.staff.owner, async () => {
        await call(c, 'api.submit_transaction', args)
        const waiting = refusal(ask())
        await new Promise((resolve) => setTimeout(resolve, 200))
        return { waiting }
      })
      expect(await early.waiting).toMatchObject({ code: '40001' })
      expect(await ask()).toMatchObject({ transaction_id: args.id, replayed: true })
    } finally {
      await other.close()
    }
  })

  test('what fails leaves nothing behind, and its key can be used again', async () => {
    const key = randomUUID()
    expect(await refusal(submit(c, kampala.staff.owner, 'UGX', { idempotency_key: key, type: 'withdrawal', amount_minor: 10 ** 9 }))).toMatchObject({ code: 'MM402' })
    expect(await count('app.idempotency_keys where key = $1', [key])).toBe(0)
    expect(await submit(c, kampala.staff.owner, 'UGX', { idempotency_key: key })).toMatchObject({ replayed: false })
  })

  const minutes = (n: number) => uuidOf(Date.now() + n * 60_000)
  test.each<[string, string, Record<string, unknown>]>([
    ['MM422', 'an id of last month', { id: minutes(-31 * 24 * 60) }],
    ['MM422', 'an id of tomorrow', { id: minutes(24 * 60) }],
    ['MM422', 'an id of another version', { id: randomUUID() }],
    ['MM422', 'a type that has its own function', { type: 'refund' }],
    ['MM422', 'no amount', { amount_minor: null }],
    ['MM422', 'an amount of zero', { amount_minor: 0 }],
    ['MM422', 'a currency that nobody knows', { currency: 'XXX' }],
    ['MM404', 'a currency without a wallet', { currency: 'GHS' }],
    ['MM422', 'a key that is too short', { idempotency_key: 'short' }],
    ['MM422', 'an amount that with its fee is too much to be counted', { type: 'deposit', amount_minor: '9223372036854775807' }],
    ['MM422', 'a time that is over', { expires_at: '2020-01-01T00:00:00Z' }],
    ['MM404', 'an outlet of nobody', { outlet_id: uuidv7() }],
    ['MM404', 'a customer of nobody', { customer_id: uuidv7() }],
    ['MM404', 'a payment request of nobody', { payment_request_id: uuidv7() }],
    ['22003', 'an amount that overflows', { type: 'withdrawal', amount_minor: '9223372036854775808' }],
    ['23514', 'metadata that is no object', { metadata: '[]' }],
  ])('%s refuses %s', async (code, _what, args) => {
    await c.query(`insert into app.fee_schedules (currency, type, amount, flat_minor, valid) values ('UGX', 'deposit', '[0,)', 1, '[2020-01-01,)') on conflict do nothing`)
    expect(await refusal(submit(c, kampala.staff.owner, 'UGX', args))).toMatchObject({ code })
  })

  test('refuses strangers: no request, no permission, another outlet, a customer of somebody else, a merchant that is not active', async () => {
    const args = { id: uuidv7(), idempotency_key: randomUUID(), type: 'collection', amount_minor: 1, currency: 'UGX' }
    expect(await refusal(asRole(c, 'momo_api', () => call(c, 'api.submit_transaction', args)))).toMatchObject({ code: '42501' })
    expect(await refusal(submit(c, kampala.staff.viewer, 'UGX'))).toMatchObject({ code: '42501' })
    expect(await refusal(submit(c, kampala.staff.accountant, 'UGX'))).toMatchObject({ code: '42501' })
    expect(await refusal(submit(c, kampala.staff.cashier, 'UGX', { outlet_id: kampala.outlets[1] }))).toMatchObject({ code: '42501' })
    expect(await refusal(submit(c, kampala.staff.owner, 'UGX', { customer_id: world.accra.customer }))).toMatchObject({ code: 'MM404' })
    expect(await refusal(submit(c, kampala.staff.owner, 'UGX', { outlet_id: world.accra.outlets[0] }))).toMatchObject({ code: 'MM404' })
    await c.query(`update app.merchants set status = 'suspended' where id = $1`, [kampala.id])
    expect(await refusal(submit(c, kampala.staff.owner, 'UGX'))).toMatchObject({ code: 'MM403' })
    await c.query(`update app.merchants set status = 'active' where id = $1`, [kampala.id])
    expect(await refusal(asRole(c, 'momo_worker', () => call(c, 'api.submit_transaction', args)))).toMatchObject({ code: '42501' })
  })

  test('an id that is taken is refused, whoever has it', async () => {
    const { transaction_id: id } = await submit(c, kampala.staff.owner, 'UGX')
    expect(await refusal(submit(c, kampala.staff.owner, 'UGX', { id }))).toMatchObject({ code: 'MM409' })
    expect(await refusal(submit(c, world.accra.staff.owner, 'GHS', { id }))).toMatchObject({ code: 'MM409' })
  })
})

describe('settling', () => {
  test('a collection is in the wallet, once, whoever says so and how often', async () => {
    const before = await wallet(c, kampala)
    const sent = await submit(c, kampala.staff.cashier, 'UGX', { amount_minor: 5000 })
    expect(await settle(c, sent.x_reference_id, 'PENDING')).toMatchObject({ status: 'pending', changed: false })
    expect(await settle(c, sent.x_reference_id, 'SUCCESSFUL', { financial_transaction_id: '4711', source: 'poll' })).toEqual({
      transaction_id: sent.transaction_id,
      status: 'successful',
      changed: true,
    })
    expect(await settle(c, sent.x_reference_id, 'SUCCESSFUL', { financial_transaction_id: '4711' })).toMatchObject({ status: 'successful', changed: false })
    expect(await settle(c, sent.x_reference_id, 'FAILED', { reason: 'PAYER_NOT_FOUND' })).toMatchObject({ status: 'successful', changed: false })
    expect(await wallet(c, kampala)).toEqual({ balance: before.balance + 5000, held: before.held })
    expect(await legs(sent.transaction_id)).toEqual([
      { kind: 'provider_float', amount: 5000 },
      { kind: 'merchant_wallet', amount: -5000 },
    ])
    expect(await c.query('select from_status, to_status, source, actor_user_id from app.transaction_status_history where transaction_id = $1', [sent.transaction_id])).toEqual([
      { from_status: 'pending', to_status: 'successful', source: 'poll', actor_user_id: null },
    ])
    expect(await c.query(`select topic, payload ->> 'status' as status from app.outbox_events where row_id = $1`, [sent.transaction_id])).toEqual([
      { topic: 'transaction.completed', status: 'successful' },
    ])
    expect(await one(`select user_id, template from app.notifications where data ->> 'transaction_id' = $1`, [sent.transaction_id])).toEqual({
      user_id: kampala.staff.cashier.user,
      template: 'transaction.successful',
    })
    expect(await one('select financial_transaction_id from app.provider_references where x_reference_id = $1', [sent.x_reference_id])).toEqual({ financial_transaction_id: '4711' })
  })

  test('of many words at once the first counts, and the late success goes to suspense', async () => {
    const others = await Promise.all(Array.from({ length: 6 }, () => connect(world.url)))
    try {
      for (let round = 0; round < 5; round++) {
        const sent = await submit(c, kampala.staff.owner, 'UGX')
        const answers = await Promise.all(others.map((other, i) => settle(other, sent.x_reference_id, i % 2 === 0 ? 'SUCCESSFUL' : 'FAILED')))
        const status = answers[0]!.status
        expect(answers.filter((a) => a.status !== status)).toEqual([])
        expect(answers.filter((a) => a.changed && a.suspense_transaction_id === undefined)).toHaveLength(1)
        expect(answers.filter((a) => a.suspense_transaction_id !== undefined)).toHaveLength(status === 'successful' ? 0 : 1)
        expect(await count('app.transaction_status_history where transaction_id = $1', [sent.transaction_id])).toBe(1)
        expect(await legs(sent.transaction_id)).toHaveLength(status === 'successful' ? 2 : 0)
      }
    } finally {
      await Promise.all(others.map((other) => other.close()))
    }
  })

  test("the provider's number cannot settle two", async () => {
    const sent = await submit(c, kampala.staff.owner, 'UGX')
    expect(await refusal(settle(c, sent.x_reference_id, 'SUCCESSFUL', { financial_transaction_id: '4711' }))).toMatchObject({ code: '23505' })
    expect(await one('select status from app.transactions where id = $1', [sent.transaction_id])).toEqual({ status: 'pending' })
    expect(await settle(c, sent.x_reference_id, 'REJECTED')).toMatchObject({ status: 'failed', changed: true })
    expect(await one('select failure_reason, provider_status from app.transactions where id = $1', [sent.transaction_id])).toEqual({
      failure_reason: 'APPROVAL_REJECTED',
      provider_status: 'REJECTED',
    })
  })

  test('what goes out is held, then gone; or released', async () => {
    await collect(c, kampala, 10_000)
    const before = await wallet(c, kampala)
    const gone = await submit(c, kampala.staff.owner, 'UGX', { type: 'disbursement', amount_minor: 3000 })
    const kept = await submit(c, kampala.staff.owner, 'UGX', { type: 'withdrawal', amount_minor: 2000 })
    expect(await wallet(c, kampala)).toEqual({ balance: before.balance, held: 5000 })
    expect(await refusal(submit(c, kampala.staff.owner, 'UGX', { type: 'withdrawal', amount_minor: before.balance - 4999 }))).toMatchObject({ code: 'MM402' })
    await settle(c, gone.x_reference_id, 'SUCCESSFUL')
    await settle(c, kept.x_reference_id, 'FAILED')
    expect(await wallet(c, kampala)).toEqual({ balance: before.balance - 3000, held: 0 })
    expect(await legs(gone.transaction_id)).toEqual([
      { kind: 'merchant_wallet', amount: 3000 },
      { kind: 'provider_float', amount: -3000 },
    ])
    expect(await one('select failure_reason from app.transactions where id = $1', [kept.transaction_id])).toEqual({ failure_reason: 'UNKNOWN' })
  })

  test.each([
    ['in', 'collection', 700, -700, 'EXPIRED', 'expired'],
    ['out', 'withdrawal', -700, 700, 'FAILED', 'failed'],
  ])('a late success of what went %s opens one suspense journal and rewrites nothing', async (direction, type, float, suspense, end, ended) => {
    const sent = await submit(c, kampala.staff.owner, 'UGX', { type, amount_minor: 700 })
    await settle(c, sent.x_reference_id, end)
    const before = await wallet(c, kampala)
    const late = await settle(c, sent.x_reference_id, 'SUCCESSFUL', { financial_transaction_id: `late ${direction}` })
    expect(late).toMatchObject({ status: ended, changed: true, suspense_transaction_id: expect.any(String) })
    expect(await settle(c, sent.x_reference_id, 'SUCCESSFUL')).toEqual({ transaction_id: sent.transaction_id, status: ended, changed: false })
    expect(await wallet(c, kampala)).toEqual(before)
    expect(await legs(late.suspense_transaction_id!)).toEqual([
      { kind: 'provider_float', amount: float },
      { kind: 'suspense', amount: suspense },
    ])
    expect(await one(`select type, metadata from app.transactions where id = $1`, [late.suspense_transaction_id])).toEqual({
      type: 'adjustment',
      metadata: { original_transaction_id: sent.transaction_id, reason: 'late_success', original_status: ended },
    })
    expect(await c.query('select topic from app.outbox_events where row_id = $1 order by id', [sent.transaction_id])).toEqual([
      { topic: 'transaction.completed' },
      { topic: 'transaction.late_success' },
    ])
  })

  test('refuses a reference nobody has, a status nobody knows, a source nobody is, and everybody but the worker', async () => {
    const sent = await submit(c, kampala.staff.owner, 'UGX')
    expect(await refusal(settle(c, randomUUID(), 'SUCCESSFUL'))).toMatchObject({ code: 'MM404' })
    expect(await refusal(settle(c, sent.x_reference_id, 'SUCCESSFUL', { environment: 'mtnuganda' }))).toMatchObject({ code: 'MM404' })
    expect(await refusal(settle(c, sent.x_reference_id, 'DONE'))).toMatchObject({ code: 'MM422' })
    expect(await refusal(settle(c, sent.x_reference_id, 'SUCCESSFUL', { source: 'device' }))).toMatchObject({ code: 'MM422' })
    const args = { provider: 'mtn_momo', environment: 'sandbox', x_reference_id: sent.x_reference_id, status: 'SUCCESSFUL' }
    expect(await refusal(asPerson(c, kampala.staff.owner, () => call(c, 'api.settle_transaction', args)))).toMatchObject({ code: '42501' })
    expect(await refusal(asRole(c, 'momo_worker', () => c.query(`update app.transactions set status = 'successful' where id = $1`, [sent.transaction_id])))).toMatchObject({
      code: '42501',
    })
  })

  test('silence is no failure: what went out and was lost sight of stays pending, and keeps its hold', async () => {
    await collect(c, kampala, 1000)
    const before = await wallet(c, kampala)
    const sent = await submit(c, kampala.staff.owner, 'UGX', { type: 'disbursement', amount_minor: 400 })
    for (const said of ['TIMEOUT', 'EXPIRED', 'TIMEOUT']) expect(await settle(c, sent.x_reference_id, said)).toMatchObject({ status: 'pending' })
    expect(await wallet(c, kampala)).toEqual({ balance: before.balance, held: before.held + 400 })
    expect(await count(`app.outbox_events where row_id = $1 and topic = 'transaction.in_doubt'`, [sent.transaction_id])).toBe(1)
    expect(await settle(c, sent.x_reference_id, 'SUCCESSFUL')).toEqual({ transaction_id: sent.transaction_id, status: 'successful', changed: true })
    expect(await wallet(c, kampala)).toEqual({ balance: before.balance - 400, held: before.held })
  })

  test('nothing begins on a frozen account, and what had begun is settled', async () => {
    await collect(c, kampala, 1000)
    const before = await wallet(c, kampala)
    const incoming = await submit(c, kampala.staff.owner, 'UGX')
    const [outgoing, failing] = [
      await submit(c, kampala.staff.owner, 'UGX', { type: 'withdrawal', amount_minor: 100 }),
      await submit(c, kampala.staff.owner, 'UGX', { type: 'withdrawal', amount_minor: 50 }),
    ]
    await c.query(`update app.accounts set status = 'frozen' where merchant_id = $1`, [kampala.id])
    expect(await refusal(submit(c, kampala.staff.owner, 'UGX', { type: 'withdrawal', amount_minor: 1 }))).toMatchObject({ code: 'MM422' })
    expect(await refusal(submit(c, kampala.staff.owner, 'UGX'))).toMatchObject({ code: 'MM422' })
    await settle(c, incoming.x_reference_id, 'SUCCESSFUL')
    await settle(c, outgoing.x_reference_id, 'SUCCESSFUL')
    await settle(c, failing.x_reference_id, 'FAILED')
    expect(await wallet(c, kampala)).toEqual({ balance: before.balance + 900, held: before.held })
    await c.query(`update app.accounts set status = 'open' where merchant_id = $1`, [kampala.id])
  })

  test('what comes in for an account that was closed goes to suspense, all of it; one that holds something is not closed', async () => {
    const leaving = await addMerchant(c, { name: 'Leaving', country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: '400001' })
    const close = () => c.query(`update app.accounts set status = 'closed' where merchant_id = $1`, [leaving.id])
    const sent = await submit(c, leaving.staff.owner, 'UGX', { amount_minor: 300 })
    await close()
    expect(await refusal(submit(c, leaving.staff.owner, 'UGX'))).toMatchObject({ code: 'MM422' })
    expect(await settle(c, sent.x_reference_id, 'SUCCESSFUL')).toMatchObject({ status: 'successful', changed: true })
    expect(await legs(sent.transaction_id)).toEqual([
      { kind: 'provider_float', amount: 300 },
      { kind: 'suspense', amount: -300 },
    ])
    expect(await count(`app.outbox_events where row_id = $1 and topic = 'transaction.unclaimed'`, [sent.transaction_id])).toBe(1)
    await c.query(`update app.accounts set status = 'open' where merchant_id = $1`, [leaving.id])
    await collect(c, leaving, 1)
    expect(await refusal(close())).toMatchObject({ code: '23514', constraint: 'accounts_closed_check' })
  })

  test('the legs of a journal have one moment, so that they lie in one month, and their ids are in their order', async () => {
    const id = await collect(c, kampala, 77)
    const made = await c.query<{ ms: string; moment: string; seq: number }>(
      `select app.uuidv7_time(id)::text as ms, posted_at::text as moment, entry_seq as seq from app.ledger_entries where transaction_id = $1 order by id`,
      [id],
    )
    expect(made.map((e) => e.seq)).toEqual([1, 2])
    expect(new Set(made.map((e) => `${e.ms} ${e.moment}`)).size).toBe(1)
  })

  test('a sale is audited row by row, and no row is written twice in one transaction', async () => {
    const log = async () =>
      (await c.query<{ t: string; op: string; n: number }>('select table_name as t, op, count(*)::int as n from audit.audit_log group by 1, 2')).map(
        (r) => [`${r.op} ${r.t}`, r.n] as const,
      )
    const before = new Map(await log())
    await collect(c, kampala, 5)
    expect(Object.fromEntries((await log()).map(([what, n]) => [what, n - (before.get(what) ?? 0)] as const).filter(([, n]) => n > 0))).toEqual({
      'INSERT app.transactions': 1,
      'INSERT app.provider_references': 1,
      'INSERT app.idempotency_keys': 1,
      'UPDATE app.provider_references': 1,
      'UPDATE app.accounts': 2,
      'INSERT app.ledger_entries': 2,
      'UPDATE app.transactions': 1,
      'INSERT app.transaction_status_history': 1,
      'INSERT app.outbox_events': 1,
      'INSERT app.notifications': 1,
    })
  })

  test('gives up what is over, and releases it; not what went out and was sent', async () => {
    await collect(c, kampala, 1000)
    const soon = { expires_at: new Date(Date.now() + 400).toISOString() }
    const incoming = await submit(c, kampala.staff.owner, 'UGX', soon)
    const outgoing = await submit(c, kampala.staff.owner, 'UGX', { type: 'withdrawal', amount_minor: 300, ...soon })
    const sent = await submit(c, kampala.staff.owner, 'UGX', { type: 'withdrawal', amount_minor: 200, ...soon })
    await asRole(c, 'momo_worker', () => c.query('update app.transactions set submitted_at = now() where id = $1', [sent.transaction_id]))
    const expire = () => asRole(c, 'momo_worker', () => call<number>(c, 'ops.expire_transactions', { most: 100 }))
    expect(await expire()).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 500))
    expect(await expire()).toBe(2)
    expect((await wallet(c, kampala)).held).toBe(200)
    expect(
      await c.query('select id, status, failure_reason from app.transactions where id = any($1) order by id', [
        [incoming.transaction_id, outgoing.transaction_id, sent.transaction_id],
      ]),
    ).toEqual([
      { id: incoming.transaction_id, status: 'expired', failure_reason: 'EXPIRED' },
      { id: outgoing.transaction_id, status: 'expired', failure_reason: 'EXPIRED' },
      { id: sent.transaction_id, status: 'pending', failure_reason: null },
    ])
    await settle(c, sent.x_reference_id, 'FAILED')
  })
})

test('the ledger is as it must be, and so is what is held', async () => {
  expect(await findings(c)).toEqual([])
  expect(await asRole(c, 'momo_worker', () => c.query('select * from ops.verify_holds()'))).toEqual([])
})

/** A version 7 UUID of a moment. */
function uuidOf(ms: number): string {
  const time = ms.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}${uuidv7().slice(13)}`
}
