import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { streams, type Copy, type Stream } from '../../momo/client/offline/copy.ts'
import type { Device } from '../../momo/client/offline/device.ts'
import { capture, emptyQueue, type Queue } from '../../momo/client/offline/queue.ts'
import { memoryStore, type Store } from '../../momo/client/offline/store.ts'
import { connect, type Connection } from '../../src/db/index.ts'
import { captureMonth, day, phones, randomFrom, type Captured } from './support/captured.ts'
import { badNetwork, faults, NoAnswer, type Fault } from './support/faults.ts'
import { ledgerOf, type Ledger } from './support/ledger.ts'
import { findings, settle, submit } from './support/money.ts'
import { idsBy, phone, push, serverOf } from './support/phone.ts'
import { addMerchant, asRole, openWorld, type Merchant, type Person, type World } from './support/world.ts'

// The same captured month, replayed twice: in order over a good network, and over a bad one with phones coming online in any
// order. What must be equal is the ledger. Two limits. Whether a payment out is accepted depends on what is in the wallet at that
// moment, so the month begins with enough in it for every order; what happens otherwise is tested at the end. And of two changes
// to the same column the server keeps the one that came first, so reference data must agree between the server and its phones,
// not between the two replays.

interface Place {
  readonly world: World
  readonly merchant: Merchant
  readonly people: readonly Person[]
  readonly connections: readonly Connection[]
}

/** A world with a merchant, what the month starts from, five phones, fees, and a full wallet. */
async function place(setUp: Captured['setUp']): Promise<Place> {
  const world = await openWorld()
  const merchant = await addMerchant(world.admin, { name: 'Replay', country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: '777777' })
  const { owner, cashier } = merchant.staff
  const people = phones.map(({ holder }) => ({ ...merchant.staff[holder], device: uuidv7() }))
  await asRole(world.admin, 'momo_owner', async (c) => {
    for (const { user, device } of people)
      await c.query(`insert into app.devices (id, merchant_id, user_id, install_id, platform, public_key) values ($1, $2, $3, gen_random_uuid(), 'android', '\\x01')`, [
        device,
        merchant.id,
        user,
      ])
    for (const type of ['collection', 'disbursement'])
      await c.query(
        `insert into app.fee_schedules (merchant_id, currency, type, amount, flat_minor, bps, valid) values ($1, 'UGX', $2, '[0,)', 0, 75, tstzrange(now() - interval '1 day', null))`,
        [merchant.id, type],
      )
  })
  const made = await push(world.admin, owner, 1, setUp)
  expect(made.map((m) => m.result)).toEqual(setUp.map(() => 'applied'))
  await asRole(world.admin, 'momo_owner', (c) => c.query('update app.merchant_members set outlet_id = $1 where user_id = $2', [setUp[0]!.id, cashier.user]))
  const first = await submit(world.admin, owner, 'UGX', { idempotency_key: 'what the wallet starts with', amount_minor: 1_000_000_000 })
  await settle(world.admin, first.x_reference_id, 'SUCCESSFUL')
  return { world, merchant, people, connections: await Promise.all(people.map(() => connect(world.url))) }
}

async function leave({ world, connections }: Place): Promise<void> {
  await Promise.all(connections.map((c) => c.close()))
  await world.close()
}

/** What the provider says of a transaction depends on its key alone; of one in 20 it never says anything. */
function outcomeOf(key: string): 'SUCCESSFUL' | 'FAILED' | null {
  const dice = createHash('sha256').update(key).digest()[0]! / 256
  return dice < 0.8 ? 'SUCCESSFUL' : dice < 0.95 ? 'FAILED' : null
}

/** The worker settles what is pending: `some` chooses and orders it. */
async function settlePending({ world, merchant }: Place, some: <T>(all: readonly T[]) => readonly T[] = (all) => all): Promise<void> {
  const pending = await world.admin.query<{ key: string; reference: string }>(
    `select k.key, r.x_reference_id as reference from app.transactions t
     join app.idempotency_keys k on k.transaction_id = t.id and k.scope = 'submit_transaction' join app.provider_references r on r.transaction_id = t.id
     where t.merchant_id = $1 and t.status = 'pending' order by t.created_at`,
    [merchant.id],
  )
  for (const { key, reference } of some(pending.filter((p) => outcomeOf(p.key) !== null)))
    await settle(world.admin, reference, outcomeOf(key)!, outcomeOf(key) === 'FAILED' ? { reason: 'PAYER_LIMIT_REACHED' } : {})
}

interface Carried {
  readonly device: Device
  readonly queue: Store<Queue>
}

/** The phones, each with an empty queue; `server` wires each to its place. */
function carry(captured: { readonly people: readonly Person[] }, server: (i: number) => Parameters<typeof phone>[0]): Carried[] {
  return captured.people.map((_, i) => {
    const now = () => Date.now() + phones[i]!.skewMs
    const queue = memoryStore<Queue>()
    const copies = new Map<Stream, Store<Copy>>(streams.map((s) => [s, memoryStore<Copy>()]))
    return { queue, device: phone(server(i), { queue, copy: (s) => copies.get(s)!, now, ids: idsBy(now), batchSize: 20 }) }
  })
}

const happen = async ({ queue }: Carried, operation: Captured['operations'][number]['operation']) => queue.save(capture((await queue.load()) ?? emptyQueue, operation))

/** Everything again until nothing is waiting; what a bad network does is counted elsewhere. */
async function insist(action: () => Promise<unknown>): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      await action()
      return
    } catch (error) {
      if (!(error instanceof NoAnswer) || tries > 100) throw error
    }
  }
}

async function inOrder(at: Place, { operations }: Captured): Promise<Carried[]> {
  const carried = carry(at, (i) => serverOf(at.connections[i]!, at.people[i]!))
  for (const { phone: i, operation } of operations) {
    await happen(carried[i]!, operation)
    await carried[i]!.device.push()
    await settlePending(at)
  }
  for (const { device } of carried) await device.pull()
  return carried
}

async function inDisorder(at: Place, { operations }: Captured, seed: number, counts: Map<Fault, number>): Promise<Carried[]> {
  const random = randomFrom(seed)
  const carried = carry(at, (i) => badNetwork(at.connections[i]!, at.people[i]!, seed + i, counts))
  const ahead = phones.map((_, i) => operations.filter((o) => o.phone === i).map((o) => o.operation))
  const shuffled = <T>(all: readonly T[]): T[] => all.map((one) => [random(), one] as const).toSorted(([a], [b]) => a - b).map(([, one]) => one) // prettier-ignore
  const attempt = (action: () => Promise<unknown>) =>
    action().catch((error: unknown) => {
      if (!(error instanceof NoAnswer)) throw error
    })
  while (ahead.some((rest) => rest.length > 0)) {
    const i = Math.floor(random() * phones.length)
    for (const operation of ahead[i]!.splice(0, Math.ceil(random() * 25))) await happen(carried[i]!, operation)
    await attempt(() => carried[i]!.device.push())
    if (random() < 0.3) await attempt(() => carried[Math.floor(random() * phones.length)]!.device.pull())
    if (random() < 0.4) await settlePending(at, (all) => shuffled(all).slice(0, 8))
  }
  for (const { device } of shuffled(carried)) await insist(() => device.push())
  await settlePending(at, shuffled)
  for (const { device } of carried) await insist(() => device.pull())
  return carried
}

describe('a month on five phones', () => {
  let month: Captured
  let good: Place
  let bad: Place
  let goodPhones: Carried[]
  let badPhones: Carried[]
  const counts = new Map<Fault, number>()
  const seed = Number(process.env['REPLAY_SEED'] ?? 20260701)

  beforeAll(async () => {
    month = await captureMonth(seed, Date.now() - 29.2 * day, 60)
    good = await place(month.setUp)
    bad = await place(month.setUp)
    goodPhones = await inOrder(good, month)
    badPhones = await inDisorder(bad, month, seed + 1, counts)
  }, 300_000)
  afterAll(async () => {
    for (const one of [good, bad]) if (one !== undefined) await leave(one)
  })

  test('the same month is captured from the same seed', async () => {
    const start = Date.now()
    expect(await captureMonth(seed, start, 5)).toEqual(await captureMonth(seed, start, 5))
  })

  test('everything that can go wrong went wrong', async () => {
    expect(faults.filter((f) => (counts.get(f) ?? 0) === 0)).toEqual([])
    const types = new Set(month.operations.map(({ operation: o }) => (o.kind === 'transaction' ? String(o.args['type']) : `${o.kind} ${o.table}`)))
    expect([...types].sort()).toEqual([
      'collection', 'create customers', 'create outlets', 'create payment_requests', 'delete outlets', 'deposit', 'disbursement', 'update customers', 'update outlets',
      'update payment_requests', 'withdrawal',
    ]) // prettier-ignore
    for (const { world } of [good, bad]) {
      const of = async (what: string) => (await world.admin.query(what)).length
      expect(await of(`select from app.idempotency_keys where response_body ->> 'result' = 'clock_skew'`)).toBeGreaterThan(20)
      expect(await of(`select from app.sync_conflicts where resolution = 'server_won'`)).toBeGreaterThan(0)
      expect(await of(`select from app.sync_conflicts where resolution = 'merged'`)).toBeGreaterThan(0)
    }
  })

  test('the ledgers are the same, and each is right', async () => {
    const [one, other] = [await ledgerOf(good.world.admin, good.merchant.id), await ledgerOf(bad.world.admin, bad.merchant.id)]
    expect(other).toEqual(one)
    const asked = month.operations.filter(({ operation }) => operation.kind === 'transaction').map(({ operation }) => operation.op_id)
    expect(Object.keys(one.transactions).sort()).toEqual([...asked, 'what the wallet starts with'].sort())
    expect(one.strays).toBe(0)
    expect(new Set(Object.values(one.transactions).map((t) => t.status))).toEqual(new Set(['successful', 'failed', 'pending']))
    for (const { world } of [good, bad]) expect(await findings(world.admin)).toEqual([])
  })

  test('phones and server hold the same rows, and nothing waits', async () => {
    for (const [at, carried] of [
      [good, goodPhones],
      [bad, badPhones],
    ] as const)
      // prettier-ignore
      for (const [i, { device }] of carried.entries()) {
        const person = at.people[i]!
        const fresh = phone(serverOf(at.connections[i]!, person))
        await fresh.pull()
        expect(await device.pending()).toEqual([])
        expect((await device.refused()).filter((r) => r.operation.kind === 'transaction')).toEqual([])
        for (const stream of streams) {
          expect(await device.rows(stream), `${stream} on phone ${i}`).toEqual(await fresh.rows(stream))
          const scope = phones[i]!.holder !== 'cashier' ? 'true' : stream === 'outlets' ? `id = '${month.setUp[0]!.id}'` : /transactions|requests/.test(stream) ? `outlet_id = '${month.setUp[0]!.id}'` : 'true'
          const there = await at.world.admin.query<{ id: string }>(
            `select id from app.${stream} where merchant_id = $1 and deleted_at is null and ${scope} ${stream === 'notifications' ? `and (user_id is null or user_id = '${person.user}')` : ''} order by id`,
            [at.merchant.id],
          )
          expect(Object.keys(await device.rows(stream)).sort(), `${stream} on phone ${i}`).toEqual(there.map((r) => r.id))
        }
      }
  })
})

describe('when there is not enough for every order', () => {
  test('the first that arrives is paid, the other is refused for good; the balance is the same, what it was paid for is not', async () => {
    const month = await captureMonth(7, Date.now() - day, 1)
    const ledgers: Ledger[] = []
    const refusals: unknown[] = []
    for (const order of [
      [0, 2],
      [2, 0],
    ]) {
      // prettier-ignore
      const at = await place(month.setUp)
      try {
        const { admin } = at.world
        const wallet = async () =>
          (
            await admin.query<{ free: number }>(`select balance_minor - held_minor as free from app.accounts where merchant_id = $1 and kind = 'merchant_wallet'`, [at.merchant.id])
          )[0]!.free
        const drained = await submit(admin, at.merchant.staff.owner, 'UGX', { idempotency_key: 'all but a thousand', type: 'withdrawal', amount_minor: (await wallet()) - 1000 })
        await settle(admin, drained.x_reference_id, 'SUCCESSFUL')
        const carried = carry(at, (i) => serverOf(at.connections[i]!, at.people[i]!))
        for (const i of order)
          await happen(carried[i]!, {
            op_id: `withdrawal from phone ${i}`,
            id: uuidv7(),
            captured_at: '2026-07-01T10:00:00Z',
            kind: 'transaction',
            args: { type: 'withdrawal', amount_minor: 600, currency: 'UGX' },
          })
        for (const i of order) await carried[i]!.device.push()
        const [second] = await carried[order[1]!]!.device.refused()
        refusals.push([second!.operation.op_id, second!.result.code])
        const more = await submit(admin, at.merchant.staff.owner, 'UGX', { idempotency_key: 'money comes too late', amount_minor: 5000 })
        await settle(admin, more.x_reference_id, 'SUCCESSFUL')
        expect(await push(admin, at.people[order[1]!]!, 1, [second!.operation])).toMatchObject([{ result: 'rejected', code: 'MM402', replayed: true }])
        ledgers.push(await ledgerOf(admin, at.merchant.id))
        expect(await findings(admin)).toEqual([])
      } finally {
        await leave(at)
      }
    }
    expect(refusals).toEqual([['withdrawal from phone 2', 'MM402'], ['withdrawal from phone 0', 'MM402']]) // prettier-ignore
    expect(ledgers[1]!.balances).toEqual(ledgers[0]!.balances)
    expect(Object.keys(ledgers[1]!.transactions)).not.toEqual(Object.keys(ledgers[0]!.transactions))
  })
})
