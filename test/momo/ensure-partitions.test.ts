import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { connect, type Connection, type DatabaseError } from '../../src/db/index.ts'
import { call, settle, submit } from './support/money.ts'
import { refusal } from './support/refusal.ts'
import { asPerson, asRole, openWorld, type World } from './support/world.ts'

let world: World
let other: Connection

beforeAll(async () => {
  world = await openWorld()
  other = await connect(world.url)
}, 120_000)
afterAll(async () => {
  await other?.close()
  await world?.close()
})

const ensure = (months: number): Promise<{ made: string }[]> => asRole(world.admin, 'momo_worker', (c) => c.query('select ops.ensure_partitions($1) as made', [months]))
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const partitions = async (): Promise<number> => (await world.admin.query<{ n: number }>(`select count(*)::int as n from pg_class where relispartition and relkind = 'r'`))[0]!.n

async function timed(asked: Promise<unknown>): Promise<number> {
  const began = performance.now()
  const no = await refusal(asked)
  expect([no.code, no.hint]).toEqual(['55P03', 'Nothing was made. Call it again, after a pause that varies.'])
  return performance.now() - began
}

test('it waits half a second in all, however many tables are busy, and makes nothing then', async () => {
  const before = await partitions()
  const [people, money] = [other, await connect(world.url)]
  try {
    await people.script('begin; lock table app.customers in row exclusive mode')
    await money.script('begin; lock table app.refunds, app.payouts in row exclusive mode')
    const waiting = timed(ensure(6))
    await pause(350)
    await people.query('rollback')
    // More than half a second, because it makes the tables before it waits for any.
    expect(await waiting).toBeLessThan(2_000)
    const lock = `select ops.lock_connected(array['app.transactions', 'app.ledger_entries'])`
    const took = await timed(asRole(world.admin, 'momo_owner', (c) => c.query(lock)))
    expect(took).toBeGreaterThan(400)
    expect(took).toBeLessThan(900)
    expect(await partitions()).toBe(before)
  } finally {
    await money.close()
  }
})

test('it gives way sooner where deadlocks are looked for sooner', async () => {
  await other.script('begin; lock table app.payouts in row exclusive mode')
  await world.admin.script(`set deadlock_timeout = '200ms'`)
  const took = await timed(asRole(world.admin, 'momo_owner', (c) => c.query(`select ops.lock_connected(array['app.transactions'])`)))
  await world.admin.script('reset deadlock_timeout')
  await other.query('rollback')
  expect(took).toBeLessThan(190)
})

test('a payment under way is finished and then the partitions are made', async () => {
  const sent = await submit(world.admin, world.kampala.staff.owner, 'UGX')
  await other.script('begin; set local role momo_worker')
  await other.query(`select ops.expire_transactions(1)`)
  const making = ensure(4)
  await pause(150)
  // It waits for that one with nothing locked that it still needs.
  await other.script(`reset role; update app.accounts set held_minor = held_minor; update app.provider_references set last_callback_at = now(); commit`)
  // One of each table by month.
  expect((await making).length).toBe(5)
  expect((await settle(world.admin, sent.x_reference_id, 'SUCCESSFUL')).changed).toBe(true)
})

test('no payment comes for transactions with another table in its hands', async () => {
  const { owner } = world.kampala.staff
  const [key, some] = [randomUUID(), uuidv7()]
  const payments: { [name: string]: (c: Connection) => Promise<unknown> } = {
    submit: (c) => submit(c, owner, 'UGX'),
    refund: (c) => asPerson(c, owner, () => call(c, 'api.create_refund', { original_transaction_id: some, amount_minor: 1, reason: 'r', idempotency_key: key })),
    'approve a refund': (c) => asPerson(c, owner, () => call(c, 'api.approve_refund', { refund_id: some })),
    payout: (c) => asPerson(c, owner, () => c.query(`select api.request_payout($1, 1, 'momo', '\\x01', sha256('1'), '0001', $2)`, [some, key])),
    'approve a payout': (c) => asPerson(c, owner, () => call(c, 'api.approve_payout', { payout_id: some })),
    settle: (c) => settle(c, randomUUID(), 'SUCCESSFUL'),
    expire: (c) => asRole(c, 'momo_worker', () => c.query('select ops.expire_transactions(1)')),
    'start payouts': (c) => asRole(c, 'momo_worker', () => c.query('select ops.start_due_payouts(1)')),
  }
  await world.admin.script('begin; lock table only app.transactions in share row exclusive mode')
  for (const [name, pay] of Object.entries(payments)) {
    const paying = pay(other).catch(() => undefined)
    const blocked = 'select from pg_locks where pid = $1 and not granted'
    for (let n = 0; (await world.admin.query(blocked, [other.pid])).length === 0; n++) {
      expect(n, `${name} waits`).toBeLessThan(200)
      await pause(10)
    }
    const held = await world.admin.query(
      `select l.relation::regclass::text as held from pg_locks l join pg_class c on c.oid = l.relation where l.pid = $1 and l.granted and l.mode = 'RowExclusiveLock' and c.relkind in ('r', 'p')`,
      [other.pid],
    )
    expect(held, name).toEqual([])
    await world.admin.query('select pg_cancel_backend($1)', [other.pid])
    await paying
  }
  await world.admin.query('rollback')
})

test('attaching locks nothing that was not locked before', async () => {
  const strong = `select l.relation::regclass::text as relation, l.mode from pg_locks l join pg_class c on c.oid = l.relation
    where l.pid = pg_backend_pid() and l.locktype = 'relation' and c.relkind in ('r', 'p')
      and l.mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock', 'ShareUpdateExclusiveLock') and not c.oid < 16384`
  type Lock = { relation: string; mode: string }
  const told = (list: readonly Lock[]): string[] => list.map((l) => `${l.relation} ${l.mode}`)
  await world.admin.script('begin')
  await world.admin.script(
    `set local role momo_owner; select ops.lock_connected(array['app.transactions', 'app.ledger_entries', 'app.transaction_status_history', 'app.archived_rows', 'audit.audit_log'])`,
  )
  const first = told(await world.admin.query<Lock>(strong))
  const made = (await world.admin.query<{ made: string }>('select ops.ensure_partitions(8) as made')).map((r) => r.made)
  expect(made.length).toBeGreaterThan(12)
  const after = await world.admin.query<Lock>(strong)
  await world.admin.query('rollback')
  expect(first.length).toBeGreaterThan(30)
  // ShareRowExclusiveLock keeps out whom ShareUpdateExclusiveLock keeps out.
  const had = (l: Lock): boolean => first.includes(`${l.relation} ShareRowExclusiveLock`) || first.includes(`${l.relation} ${l.mode}`)
  expect(after.filter((l) => !made.includes(l.relation) && (!had(l) || /^(Access)?Exclusive/.test(l.mode)))).toEqual([])
})

test('it is called again when somebody else makes them', async () => {
  await other.script('begin')
  await other.query('select ops.ensure_partitions(5)')
  const error = (await ensure(5).catch((e: unknown) => e)) as DatabaseError
  expect(error.code).toBe('55P03')
  await other.query('commit')
  expect(await ensure(5)).toEqual([])
})
