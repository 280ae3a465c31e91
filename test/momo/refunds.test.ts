import { randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Connection } from '../../src/db/index.ts'
import { call, collect, findings, settle, submit, wallet, type Args } from './support/money.ts'
import { refusal } from './support/refusal.ts'
import { addMerchant, asPerson, asRole, openWorld, type Merchant, type Person, type World } from './support/world.ts'

interface Refund {
  readonly refund_id: string
  readonly status: string
  readonly refund_transaction_id: string | null
  readonly x_reference_id: string | null
  readonly replayed: boolean
  readonly changed: boolean
}

let world: World
let c: Connection
let kampala: Merchant
beforeAll(async () => {
  world = await openWorld()
  c = world.admin
  kampala = world.kampala
})
afterAll(() => world?.close())

const refund = (person: Person, original: string, amount: number, args: Args = {}, on: Connection = c): Promise<Refund> =>
  asPerson(on, person, () => call(on, 'api.create_refund', { original_transaction_id: original, amount_minor: amount, reason: 'returned', idempotency_key: randomUUID(), ...args }))
const decide = (person: Person, id: string, approve: boolean | null = true): Promise<Refund> => asPerson(c, person, () => call(c, 'api.approve_refund', { refund_id: id, approve }))
const statusOf = async (id: string) => (await c.query<{ status: string }>('select status from app.refunds where id = $1', [id]))[0]!.status

test('a refund holds the money, then gives it back to who paid', async () => {
  const sent = await submit(c, kampala.staff.owner, 'UGX', { amount_minor: 5000, payer_party_type: 'msisdn', payer_last4: '4567' })
  await settle(c, sent.x_reference_id, 'SUCCESSFUL')
  const made = await refund(kampala.staff.owner, sent.transaction_id, 2000)
  expect(made).toMatchObject({ status: 'pending', replayed: false })
  expect(await wallet(c, kampala)).toEqual({ balance: 5000, held: 2000 })
  expect(
    await c.query('select type, direction, status, payee_party_type, payee_last4, amount_minor::int as amount from app.transactions where id = $1', [made.refund_transaction_id]),
  ).toEqual([{ type: 'refund', direction: 'out', status: 'pending', payee_party_type: 'msisdn', payee_last4: '4567', amount: 2000 }])
  expect(await settle(c, made.x_reference_id!, 'SUCCESSFUL')).toMatchObject({ changed: true })
  expect(await wallet(c, kampala)).toEqual({ balance: 3000, held: 0 })
  expect(await statusOf(made.refund_id)).toBe('successful')
  expect(await c.query('select topic, payload from app.outbox_events where row_id = $1', [made.refund_id])).toMatchObject([
    { topic: 'refund.completed', payload: { original_transaction_id: sent.transaction_id, refund_id: made.refund_id, status: 'successful' } },
  ])
})

test('the same key gives the same answer; another request is refused', async () => {
  const original = await collect(c, kampala, 1000)
  const key = { idempotency_key: randomUUID() }
  const first = await refund(kampala.staff.owner, original, 100, key)
  expect(await refund(kampala.staff.owner, original, 100, { ...key, id: uuidv7() })).toEqual({ ...first, replayed: true })
  expect(await refusal(refund(kampala.staff.owner, original, 101, key))).toMatchObject({ code: 'MM409' })
  expect(await refusal(refund(kampala.staff.owner, original, 1, { id: first.refund_id }))).toMatchObject({ code: 'MM409' })
})

test('never more than the original, what waits included; what failed or was rejected is free again', async () => {
  const original = await collect(c, kampala, 1000)
  const first = await refund(kampala.staff.owner, original, 600)
  expect(await refusal(refund(kampala.staff.owner, original, 401))).toMatchObject({ code: 'MM422', constraint: 'refunds_within_original' })
  await settle(c, first.x_reference_id!, 'FAILED')
  expect(await statusOf(first.refund_id)).toBe('failed')
  const all = await refund(kampala.staff.owner, original, 1000)
  expect(await refusal(refund(kampala.staff.owner, original, 1))).toMatchObject({ code: 'MM422' })
  await settle(c, all.x_reference_id!, 'SUCCESSFUL')
  expect(await refusal(refund(kampala.staff.owner, original, 1))).toMatchObject({ code: 'MM422' })
})

test('of many at once exactly those succeed that fit', async () => {
  const original = await collect(c, kampala, 1000)
  const others = await Promise.all(Array.from({ length: 6 }, () => connect(world.url)))
  try {
    const answers = await Promise.allSettled(others.map((other) => refund(kampala.staff.owner, original, 300, {}, other)))
    expect(answers.filter((a) => a.status === 'fulfilled')).toHaveLength(3)
    expect(answers.flatMap((a) => (a.status === 'rejected' ? [(a.reason as { code: string }).code] : []))).toEqual(['MM422', 'MM422', 'MM422'])
  } finally {
    await Promise.all(others.map((other) => other.close()))
  }
})

test('above the limit of who asks, another member decides', async () => {
  const sent = await submit(c, kampala.staff.cashier, 'UGX', { amount_minor: 400_000 })
  await settle(c, sent.x_reference_id, 'SUCCESSFUL')
  const { held } = await wallet(c, kampala)
  expect(await refund(kampala.staff.cashier, sent.transaction_id, 100_000)).toMatchObject({ status: 'pending' })
  const waiting = await refund(kampala.staff.cashier, sent.transaction_id, 100_001)
  expect(waiting).toMatchObject({ status: 'requested', refund_transaction_id: null, x_reference_id: null })
  expect((await wallet(c, kampala)).held).toBe(held + 100_000)

  expect(await refusal(decide(kampala.staff.cashier, waiting.refund_id))).toMatchObject({ code: '42501' })
  expect(await refusal(decide(world.accra.staff.owner, waiting.refund_id))).toMatchObject({ code: 'MM404' })
  expect(await decide(kampala.staff.manager, waiting.refund_id)).toMatchObject({ status: 'pending', changed: true, x_reference_id: expect.any(String) })
  expect(await decide(kampala.staff.manager, waiting.refund_id)).toMatchObject({ status: 'pending', changed: false })
  expect(await refusal(decide(kampala.staff.manager, waiting.refund_id, false))).toMatchObject({ code: 'MM422' })
  expect((await wallet(c, kampala)).held).toBe(held + 200_001)

  const no = await refund(kampala.staff.cashier, sent.transaction_id, 199_999)
  expect(await decide(kampala.staff.owner, no.refund_id, false)).toMatchObject({ status: 'rejected', changed: true })
  expect(await refusal(decide(kampala.staff.owner, no.refund_id))).toMatchObject({ code: 'MM422' })
  expect(await refund(kampala.staff.cashier, sent.transaction_id, 1), 'all of the limit was given of this one').toMatchObject({ status: 'requested' })
})

test('a limit is not got round in parts: not of one original, and not of a day', async () => {
  const own = await addMerchant(c, { name: 'Parts', country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: '300001' })
  const sale = async () => {
    const sent = await submit(c, own.staff.cashier, 'UGX', { amount_minor: 200_000 })
    await settle(c, sent.x_reference_id, 'SUCCESSFUL')
    return sent.transaction_id
  }
  const [first, ...others] = [await sale(), await sale(), await sale(), await sale(), await sale()] as const
  const gone = await refund(own.staff.cashier, first, 60_000)
  expect(gone).toMatchObject({ status: 'pending' })
  expect(await refund(own.staff.cashier, first, 40_001)).toMatchObject({ status: 'requested' })
  expect(await refund(own.staff.cashier, first, 40_000)).toMatchObject({ status: 'pending' })
  for (const other of others.slice(0, 3)) expect(await refund(own.staff.cashier, other, 100_000)).toMatchObject({ status: 'pending' })
  expect(await refund(own.staff.cashier, others[3]!, 1), 'of the day').toMatchObject({ status: 'requested' })
  await settle(c, gone.x_reference_id!, 'FAILED')
  expect(await refund(own.staff.cashier, others[3]!, 60_000), 'what failed is free again').toMatchObject({ status: 'pending' })
  expect(await refund(own.staff.manager, others[3]!, 100_000), 'everybody has a limit of their own').toMatchObject({ status: 'pending' })
})

test('of many refunds of one person at once, of different originals, exactly those go that fit in a day', async () => {
  const own = await addMerchant(c, { name: 'At once', country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: '300002' })
  const originals: string[] = []
  for (let n = 0; n < 6; n++) {
    const sent = await submit(c, own.staff.cashier, 'UGX', { amount_minor: 100_000 })
    await settle(c, sent.x_reference_id, 'SUCCESSFUL')
    originals.push(sent.transaction_id)
  }
  const connections = await Promise.all(originals.map(() => connect(world.url)))
  try {
    const made = await Promise.all(originals.map((original, i) => refund(own.staff.cashier, original, 100_000, {}, connections[i]!)))
    expect(made.filter((r) => r.status === 'pending')).toHaveLength(4)
    expect(made.filter((r) => r.status === 'requested')).toHaveLength(2)
  } finally {
    await Promise.all(connections.map((connection) => connection.close()))
  }
})

test('a limit is worth about the same in every currency', async () => {
  const cedi = await addMerchant(c, { name: 'Cedi', country: 'GH', currency: 'GHS', timezone: 'Africa/Accra', code: '300003' })
  const sent = await submit(c, cedi.staff.cashier, 'GHS', { amount_minor: 100_000 })
  await settle(c, sent.x_reference_id, 'SUCCESSFUL')
  expect(await refund(cedi.staff.cashier, sent.transaction_id, 30_001), 'more than 300 cedi').toMatchObject({ status: 'requested' })
  expect(await refund(cedi.staff.cashier, sent.transaction_id, 30_000)).toMatchObject({ status: 'pending' })
})

test('silence is no failure: a refund the provider lost sight of keeps its hold, and what came late still counts', async () => {
  const original = await collect(c, kampala, 1000)
  const { held } = await wallet(c, kampala)
  const lost = await refund(kampala.staff.owner, original, 1000)
  expect(await settle(c, lost.x_reference_id!, 'TIMEOUT')).toMatchObject({ status: 'pending', changed: true })
  expect(await settle(c, lost.x_reference_id!, 'TIMEOUT')).toMatchObject({ status: 'pending', changed: false })
  expect(await settle(c, lost.x_reference_id!, 'EXPIRED', { source: 'poll' })).toMatchObject({ status: 'pending' })
  expect((await wallet(c, kampala)).held).toBe(held + 1000)
  expect(await refusal(refund(kampala.staff.owner, original, 1000))).toMatchObject({ code: 'MM422' })
  expect(await c.query('select provider_status, status from app.transactions where id = $1', [lost.refund_transaction_id])).toEqual([
    { provider_status: 'EXPIRED', status: 'pending' },
  ])
  expect(await c.query('select topic from app.outbox_events where row_id = $1', [lost.refund_transaction_id]), 'a person is asked once').toEqual([
    { topic: 'transaction.in_doubt' },
  ])

  expect(await settle(c, lost.x_reference_id!, 'EXPIRED', { source: 'operator' })).toMatchObject({ status: 'expired', changed: true })
  expect((await wallet(c, kampala)).held).toBe(held)
  expect(await statusOf(lost.refund_id)).toBe('failed')
  expect(await settle(c, lost.x_reference_id!, 'SUCCESSFUL')).toMatchObject({ suspense_transaction_id: expect.any(String) })
  expect(await refusal(refund(kampala.staff.owner, original, 1)), 'it was given back after all').toMatchObject({
    code: 'MM422',
    constraint: 'refunds_within_original',
  })
})

test('no decision is no decision', async () => {
  const original = await collect(c, kampala, 6_000_000)
  const waiting = await refund(kampala.staff.manager, original, 5_000_001)
  expect(waiting).toMatchObject({ status: 'requested' })
  expect(await refusal(decide(kampala.staff.owner, waiting.refund_id, null))).toMatchObject({ code: 'MM422' })
  expect(await statusOf(waiting.refund_id)).toBe('requested')
  await decide(kampala.staff.owner, waiting.refund_id, false)
})

test('nobody approves what they asked for', async () => {
  const original = await collect(c, kampala, 6_000_000)
  const waiting = await refund(kampala.staff.manager, original, 5_000_001)
  expect(waiting).toMatchObject({ status: 'requested' })
  expect(await refusal(decide(kampala.staff.manager, waiting.refund_id))).toMatchObject({ code: 'MM403' })
  expect(await decide(kampala.staff.owner, waiting.refund_id)).toMatchObject({ status: 'pending' })
})

test('refuses what cannot be refunded, and who may not', async () => {
  const pending = await submit(c, kampala.staff.owner, 'UGX')
  const original = await collect(c, kampala, 1000)
  const { x_reference_id: reference, transaction_id: outgoing } = await submit(c, kampala.staff.owner, 'UGX', { type: 'withdrawal', amount_minor: 10 })
  await settle(c, reference, 'SUCCESSFUL')
  expect(await refusal(refund(kampala.staff.owner, pending.transaction_id, 1))).toMatchObject({ code: 'MM422' })
  expect(await refusal(refund(kampala.staff.owner, outgoing, 1))).toMatchObject({ code: 'MM422' })
  expect(await refusal(refund(kampala.staff.owner, uuidv7(), 1))).toMatchObject({ code: 'MM404' })
  expect(await refusal(refund(world.accra.staff.owner, original, 1))).toMatchObject({ code: 'MM404' })
  expect(await refusal(refund(kampala.staff.cashier, original, 1)), 'of no outlet').toMatchObject({ code: 'MM404' })
  expect(await refusal(refund(kampala.staff.viewer, original, 1))).toMatchObject({ code: '42501' })
  expect(await refusal(refund(kampala.staff.owner, original, 0))).toMatchObject({ code: 'MM422' })
  expect(await refusal(refund(kampala.staff.owner, original, 1, { reason: '' }))).toMatchObject({ code: 'MM422' })
  expect(await refusal(refund(kampala.staff.owner, original, 1, { id: randomUUID() }))).toMatchObject({ code: 'MM422' })
  expect(await refusal(asRole(c, 'momo_worker', () => call(c, 'api.approve_refund', { refund_id: uuidv7() })))).toMatchObject({ code: '42501' })
})

test('a wallet that is empty gives nothing back', async () => {
  const original = await collect(c, world.accra, 500)
  const out = await submit(c, world.accra.staff.owner, 'GHS', { type: 'withdrawal', amount_minor: 400 })
  await settle(c, out.x_reference_id, 'SUCCESSFUL')
  expect(await refusal(refund(world.accra.staff.owner, original, 200))).toMatchObject({ code: 'MM402' })
})

test('the ledger is as it must be, and so is what is held', async () => {
  expect(await findings(c)).toEqual([])
  expect(await asRole(c, 'momo_worker', () => c.query('select * from ops.verify_holds()'))).toEqual([])
})
