import { randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../src/db/index.ts'
import { call, collect, findings, settle, submit, wallet, type Args } from './support/money.ts'
import { refusal } from './support/refusal.ts'
import { asPerson, asRole, openWorld, type Merchant, type Person, type World } from './support/world.ts'

interface Payout {
  readonly payout_id: string
  readonly status: string
  readonly transaction_id: string | null
  readonly x_reference_id: string | null
  readonly fee_minor: number
  readonly replayed: boolean
  readonly changed: boolean
}

let world: World
let c: Connection
let kampala: Merchant
let account: string
beforeAll(async () => {
  world = await openWorld()
  c = world.admin
  kampala = world.kampala
  account = await accountOf(kampala)
  await collect(c, kampala, 100_000)
})
afterAll(() => world?.close())

const accountOf = async (merchant: Merchant) =>
  (await c.query<{ id: string }>(`select id from app.accounts where merchant_id = $1 and kind = 'merchant_wallet'`, [merchant.id]))[0]!.id
const ask = (person: Person, amount: number, args: Args = {}): Promise<Payout> =>
  asPerson(
    c,
    person,
    () =>
    call(c, 'api.request_payout', {
      account_id: account, amount_minor: amount, destination_type: 'momo', destination_enc: `\\x01${'ab'.repeat(45)}`, destination_bidx: `\\x${'cd'.repeat(16)}`,
      destination_last4: '9876', idempotency_key: randomUUID(), ...args,
    }), // prettier-ignore
  )
const decide = (person: Person, id: string, approve: boolean | null = true): Promise<Payout> => asPerson(c, person, () => call(c, 'api.approve_payout', { payout_id: id, approve }))
const close = (id: string, until: string | null): Promise<string> => asRole(c, 'momo_worker', () => call(c, 'ops.close_settlement', { account_id: id, until }))
const row = async (table: string, id: string) => (await c.query<Record<string, unknown>>(`select * from app.${table} where id = $1`, [id]))[0]!
const now = async () => (await c.query<{ now: string }>('select clock_timestamp()::text as now'))[0]!.now

test('asked for by one, approved and held by another, gone with the word of the provider', async () => {
  const { balance } = await wallet(c, kampala)
  const asked = await ask(kampala.staff.manager, 10_000)
  expect(asked).toMatchObject({ status: 'requested', fee_minor: 0, replayed: false })
  expect((await wallet(c, kampala)).held).toBe(0)
  const approved = await decide(kampala.staff.accountant, asked.payout_id)
  expect(approved).toMatchObject({ status: 'pending', changed: true })
  expect(await wallet(c, kampala)).toEqual({ balance, held: 10_000 })
  expect(await decide(kampala.staff.accountant, asked.payout_id)).toEqual({ ...approved, changed: false })
  await settle(c, approved.x_reference_id!, 'SUCCESSFUL')
  expect(await wallet(c, kampala)).toEqual({ balance: balance - 10_000, held: 0 })
  expect(await row('payouts', asked.payout_id)).toMatchObject({ status: 'successful', approved_by: kampala.staff.accountant.user })
  expect(await row('transactions', approved.transaction_id!)).toMatchObject({ type: 'payout', payee_party_type: 'msisdn', payee_last4: '9876', status: 'successful' })
  expect(await c.query('select topic from app.outbox_events where row_id = $1', [asked.payout_id])).toEqual([{ topic: 'payout.completed' }])
})

test('its fee is held and taken with it, and given back when it fails', async () => {
  await c.query(`insert into app.fee_schedules (currency, type, amount, flat_minor, valid) values ('UGX', 'payout', '[0,)', 500, '[2020-01-01,)')`)
  const { balance } = await wallet(c, kampala)
  const failing = await ask(kampala.staff.manager, 1000)
  expect(failing).toMatchObject({ fee_minor: 500 })
  const { x_reference_id: reference } = await decide(kampala.staff.accountant, failing.payout_id)
  expect(await wallet(c, kampala)).toEqual({ balance, held: 1500 })
  await settle(c, reference!, 'FAILED', { reason: 'PAYEE_NOT_FOUND' })
  expect(await wallet(c, kampala)).toEqual({ balance, held: 0 })
  expect(await row('payouts', failing.payout_id)).toMatchObject({ status: 'failed', failure_reason: 'PAYEE_NOT_FOUND' })
  const going = await decide(kampala.staff.accountant, (await ask(kampala.staff.manager, 1000)).payout_id)
  await settle(c, going.x_reference_id!, 'SUCCESSFUL')
  expect(await wallet(c, kampala)).toEqual({ balance: balance - 1500, held: 0 })
  await c.query('delete from app.fee_schedules')
})

test('a scheduled one is held until it is due, or called off', async () => {
  const later = () => ({ scheduled_for: new Date(Date.now() + 700).toISOString() })
  const start = () => asRole(c, 'momo_worker', () => call<number>(c, 'ops.start_due_payouts', { most: 10 }))
  const [goes, stays] = [await ask(kampala.staff.manager, 100, later()), await ask(kampala.staff.manager, 200, later())]
  const approved = await decide(kampala.staff.accountant, goes.payout_id)
  expect(approved).toMatchObject({ status: 'scheduled' })
  await decide(kampala.staff.accountant, stays.payout_id)
  expect((await wallet(c, kampala)).held).toBe(300)
  expect(await decide(kampala.staff.accountant, stays.payout_id, false)).toMatchObject({ status: 'cancelled', changed: true })
  expect((await wallet(c, kampala)).held).toBe(100)
  expect(await start()).toBe(0)
  await new Promise((resolve) => setTimeout(resolve, 800))
  expect(await start()).toBe(1)
  expect(await row('payouts', goes.payout_id)).toMatchObject({ status: 'pending' })
  await settle(c, approved.x_reference_id!, 'SUCCESSFUL')
  expect((await wallet(c, kampala)).held).toBe(0)
})

test('the same key gives the same answer', async () => {
  const key = { idempotency_key: randomUUID() }
  const first = await ask(kampala.staff.manager, 10, key)
  expect(await ask(kampala.staff.manager, 10, { ...key, destination_enc: `\\x01${'ef'.repeat(45)}` })).toEqual({ ...first, replayed: true })
  expect(await refusal(ask(kampala.staff.manager, 11, key))).toMatchObject({ code: 'MM409' })
  expect(await decide(kampala.staff.accountant, first.payout_id, false)).toMatchObject({ status: 'cancelled' })
  expect(await refusal(decide(kampala.staff.accountant, first.payout_id))).toMatchObject({ code: 'MM422' })
})

test('refuses who may not, what is not theirs, and what is not there', async () => {
  const own = await ask(kampala.staff.owner, 50)
  expect(await refusal(decide(kampala.staff.owner, own.payout_id))).toMatchObject({ code: 'MM403' })
  expect(await refusal(decide(kampala.staff.manager, own.payout_id))).toMatchObject({ code: '42501' })
  expect(await refusal(decide(world.accra.staff.owner, own.payout_id))).toMatchObject({ code: 'MM404' })
  expect(await refusal(ask(kampala.staff.cashier, 50))).toMatchObject({ code: '42501' })
  expect(await refusal(ask(world.accra.staff.owner, 50))).toMatchObject({ code: 'MM404' })
  expect(await refusal(ask(kampala.staff.manager, 20_000_001))).toMatchObject({ code: 'MM403' })
  expect(await refusal(ask(kampala.staff.manager, 0))).toMatchObject({ code: 'MM422' })
  expect(await refusal(ask(kampala.staff.manager, 1, { scheduled_for: '2020-01-01T00:00:00Z' }))).toMatchObject({ code: 'MM422' })
  expect(await refusal(ask(kampala.staff.manager, 1, { settlement_id: uuidv7() }))).toMatchObject({ code: 'MM404' })
  expect(await refusal(decide(kampala.staff.accountant, own.payout_id, null)), 'no decision is no decision').toMatchObject({ code: 'MM422' })
  expect(await row('payouts', own.payout_id)).toMatchObject({ status: 'requested' })
  const much = await ask(kampala.staff.owner, 10 ** 9)
  expect(await refusal(decide(kampala.staff.accountant, much.payout_id))).toMatchObject({ code: 'MM402' })
  expect(await row('payouts', much.payout_id)).toMatchObject({ status: 'requested', transaction_id: null })
})

test('a settlement is what came in less fees and refunds, and ends where the next begins', async () => {
  const accra = await accountOf(world.accra)
  await c.query(`insert into app.fee_schedules (currency, type, amount, bps, valid) values ('GHS', 'collection', '[0,)', 150, '[2020-01-01,)')`)
  const sent = await submit(c, world.accra.staff.owner, 'GHS', { amount_minor: 10_000 })
  expect(sent.fee_minor).toBe(150)
  await settle(c, sent.x_reference_id, 'SUCCESSFUL')
  await submit(c, world.accra.staff.owner, 'GHS', { amount_minor: 777 })
  const back = await asPerson(c, world.accra.staff.owner, () =>
    call<Payout>(c, 'api.create_refund', { original_transaction_id: sent.transaction_id, amount_minor: 1000, reason: 'returned', idempotency_key: randomUUID() }),
  )
  await settle(c, back.x_reference_id!, 'SUCCESSFUL')
  const until = await now()
  const first = await close(accra, until)
  const amounts = (s: Record<string, unknown>) => [s['gross_minor'], s['fee_minor'], s['refund_minor'], s['net_minor']].map(Number)
  expect(amounts(await row('settlements', first))).toEqual([10_000, 150, 1000, 8850])
  expect(await wallet(c, world.accra)).toEqual({ balance: 8850, held: 0 })
  expect(await refusal(close(accra, until))).toMatchObject({ code: 'MM422', constraint: 'settlements_no_overlap' })
  expect(await refusal(close(accra, '2200-01-01T00:00:00Z'))).toMatchObject({ code: 'MM422' })
  expect(await refusal(close(uuidv7(), until))).toMatchObject({ code: 'MM404' })
  await expect(
    c.query(
      `insert into app.settlements (merchant_id, account_id, currency, period, gross_minor, fee_minor, refund_minor, net_minor) select merchant_id, account_id, currency, period, 0, 0, 0, 0 from app.settlements where id = $1`,
      [first],
    ),
  ).rejects.toMatchObject({ code: '23P01' })

  await collect(c, world.accra, 200)
  const second = await close(accra, await now())
  expect(amounts(await row('settlements', second))).toEqual([200, 3, 0, 197])
  expect(await c.query(`select count(*)::int as n from app.account_checkpoints where account_id = $1`, [accra])).toEqual([{ n: 2 }])
  expect(await findings(c)).toEqual([])

  const pay = (amount: number, settlement: string) =>
    asPerson(
      c,
      world.accra.staff.manager,
      () =>
      call<Payout>(c, 'api.request_payout', {
        account_id: accra, amount_minor: amount, destination_type: 'bank', destination_enc: `\\x01${'ab'.repeat(45)}`, destination_bidx: `\\x${'cd'.repeat(16)}`,
        destination_last4: 'GH01', idempotency_key: randomUUID(), settlement_id: settlement,
      }), // prettier-ignore
    )
  const settled = async (payout: Payout) => {
    const { x_reference_id: reference, transaction_id: transaction } = await decide(world.accra.staff.accountant, payout.payout_id)
    expect(await c.query('select provider, operation from app.provider_references where x_reference_id = $1', [reference])).toEqual([{ provider: 'bank', operation: 'transfer' }])
    await settle(c, reference!, 'SUCCESSFUL', { provider: 'bank' })
    return transaction
  }
  expect(await refusal(pay(8851, first))).toMatchObject({ code: 'MM422' })
  const part = await pay(850, first)
  expect(await refusal(pay(8001, first)), 'what waits counts').toMatchObject({ code: 'MM422' })
  await settled(part)
  expect(await row('settlements', first), 'a part is not all').toMatchObject({ status: 'closed', transaction_id: null })
  await c.query(`insert into app.fee_schedules (currency, type, amount, flat_minor, valid) values ('GHS', 'payout', '[0,)', 100, '[2020-01-01,)')`)
  expect(await refusal(pay(7901, first)), 'with its fee it is more').toMatchObject({ code: 'MM422' })
  const rest = await settled(await pay(7900, first))
  expect(await row('settlements', first)).toMatchObject({ status: 'paid', transaction_id: rest })
  expect(await refusal(pay(1, first))).toMatchObject({ code: 'MM422' })
})

test('the ledger is as it must be, and so is what is held', async () => {
  expect(await findings(c)).toEqual([])
  expect(await asRole(c, 'momo_worker', () => c.query('select * from ops.verify_holds()'))).toEqual([])
})
