import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { uuidv7 } from 'uuidv7'
import { connect, DatabaseError, versionText, type Connection } from '../../../src/db/index.ts'
import { call, collect, settle, submit, wallet } from '../support/money.ts'
import { refusal } from '../support/refusal.ts'
import { addMerchant, asPerson, asRole, openWorld, type Merchant, type World } from '../support/world.ts'
import { broken, wrong } from './invariants.ts'
import { load, percentile, randomOf, together, told, whole, type Outcome } from './pool.ts'
import { note, writeReport } from './report.ts'
import { balances, float, fundedAccounts, makeTransfer, transfer } from './transfers.ts'

let world: World
let merchants = 0
const failed: string[] = []
const long = { timeout: whole ? 400_000 : 120_000 }

beforeAll(async () => {
  world = await openWorld()
  await makeTransfer(world.admin)
}, 120_000)
afterEach(async (context) => {
  if (context.task.result?.state === 'fail') failed.push(context.task.name)
  expect(await broken(world.admin)).toEqual([])
})
afterAll(async () => {
  if (world !== undefined && whole) writeReport(versionText(world.admin.versionNum), failed)
  await world?.close()
})

const newMerchant = (): Promise<Merchant> =>
  addMerchant(world.admin, { name: `Concurrent ${++merchants}`, country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: `9${String(merchants).padStart(5, '0')}` })

/** Only what is expected was refused; a deadlock never is. */
function refusedWith(o: Outcome, ...expected: readonly string[]): void {
  expect([...o.errors.keys()].filter((code) => !expected.includes(code))).toEqual([])
}

const any = <T>(list: readonly T[], random: () => number): T => list[Math.floor(random() * list.length)]!

test('C1 random transfers', long, async () => {
  const accounts = await fundedAccounts(world, load.accounts, 1000)
  const job = (c: Connection, random: () => number): Promise<unknown> => transfer(c, any(accounts, random), any(accounts, random), 1 + Math.floor(random() * 300))
  // From an account to itself is a journal too: two entries, and nothing moved.
  const o = await together({ url: world.url, seconds: load.seconds, job })
  refusedWith(o, 'MM402')
  expect(o.done).toBeGreaterThan(10)
  const left = await balances(world.admin, accounts)
  expect(left.reduce((sum, a) => sum + a.balance, 0)).toBe(accounts.length * 1000)
  note('C1', `${load.workers} workers, ${load.accounts} accounts, random transfers`, told(o))
})

test('C2 opposing pairs do not deadlock, and do when locks are taken as they come', long, async () => {
  const [a, b] = (await fundedAccounts(world, 2, 100_000)) as [string, string]
  const job = (c: Connection, _: unknown, worker: number): Promise<unknown> => (worker % 2 === 0 ? transfer(c, a, b, 1) : transfer(c, b, a, 1))
  const ordered = await together({ url: world.url, seconds: load.short, job })
  refusedWith(ordered)
  const [f] = await world.admin.query<{ text: string }>(`select pg_get_functiondef(p.oid) as text from pg_proc p where p.oid::regproc::text = 'app.post_journal'`)
  const order = 'ORDER BY a.id FOR NO KEY UPDATE'
  expect(f!.text).toContain(order)
  await world.admin.script(f!.text.replace(order, 'ORDER BY array_position(ARRAY(SELECT l.account_id FROM unnest(post_journal.legs) l), a.id) FOR NO KEY UPDATE'))
  let unordered: Outcome
  try {
    unordered = await together({ url: world.url, seconds: Math.max(load.short, 2), job })
  } finally {
    await world.admin.script(f!.text)
  }
  expect(unordered.errors.get('40P01') ?? 0).toBeGreaterThan(0)
  note('C2', 'A to B against B to A, two accounts', told(ordered))
  note('C2 control', 'the same with accounts locked in the order of the legs: must deadlock', told(unordered))
})

test('C3 an overdraft race is lost by all who come too late', long, async () => {
  const [poor, rich] = (await fundedAccounts(world, 2, 1000)) as [string, string]
  const o = await together({ url: world.url, workers: whole ? 50 : 20, times: whole ? 100 : 5, job: (c) => transfer(c, poor, rich, 100) })
  refusedWith(o, 'MM402')
  expect(o.done).toBe(10)
  expect(await balances(world.admin, [poor])).toEqual([{ balance: 0, held: 0 }])
  const merchant = await newMerchant()
  await collect(world.admin, merchant, 1000)
  const held = await together({ url: world.url, workers: 20, times: 2, job: (c) => submit(c, merchant.staff.owner, 'UGX', { type: 'disbursement', amount_minor: 100 }) })
  refusedWith(held, 'MM402')
  expect(held.done).toBe(10)
  expect(await wallet(world.admin, merchant)).toEqual({ balance: 1000, held: 1000 })
  note('C3', '1,000 there, many debits of 100 at once; and the same as disbursements that hold', `exactly 10 of ${o.done + (o.errors.get('MM402') ?? 0)}, exactly 10 of 40 held`)
})

test('C4 a storm of the same keys is one transaction for each', long, async () => {
  const merchant = await newMerchant()
  const keys = Array.from({ length: whole ? 100 : 20 }, () => randomUUID())
  const o = await together({
    url: world.url, workers: 16, seconds: whole ? 4 : 1.5, job: (c, random) => submit(c, merchant.staff.owner, 'UGX', { idempotency_key: any(keys, random) }),
  }) // prettier-ignore
  refusedWith(o)
  const [row] = await world.admin.query<{ n: number }>('select count(*)::int as n from app.transactions where merchant_id = $1', [merchant.id])
  expect(row!.n).toBe(keys.length)
  const changed = await refusal(submit(world.admin, merchant.staff.owner, 'UGX', { idempotency_key: keys[0], amount_minor: 999 }))
  expect(changed.code).toBe('MM409')
  note('C4', `${keys.length} keys, 16 workers`, `${told(o)}: ${row!.n} transactions; another body MM409`)
})

test('C5 of callbacks and polls that disagree the first is right', long, async () => {
  const merchant = await newMerchant()
  const words = ['SUCCESSFUL', 'FAILED'] as const
  let changed = 0
  for (let round = 0; round < (whole ? 50 : 5); round++) {
    const sent = await submit(world.admin, merchant.staff.owner, 'UGX')
    const o = await together({
      url: world.url, workers: 8, times: 1,
      job: async (c, _, worker) => { if ((await settle(c, sent.x_reference_id, words[(worker + round) % 2]!, { reason: 'said so' })).changed) changed++ },
    }) // prettier-ignore
    refusedWith(o)
    const [row] = await world.admin.query<{ history: number; journals: number; status: string }>(
      `select (select count(*) from app.transaction_status_history h where h.transaction_id = t.id and h.from_status = 'pending')::int as history,
              (select count(distinct e.entry_seq) from app.ledger_entries e where e.transaction_id = t.id)::int as journals, t.status
       from app.transactions t where t.id = $1`,
      [sent.transaction_id],
    )
    expect(row).toMatchObject(row!.status === 'successful' ? { history: 1, journals: 2 } : { history: 1, journals: 0, status: 'failed' })
  }
  note(
    'C5',
    'the same reference settled by 8 workers, SUCCESSFUL and FAILED mixed',
    `one history row and at most one journal each; ${changed} answers said that they changed something, late successes among them`,
  )
})

test('C6 a hot account is right with one row and with sixteen', long, async () => {
  const givers = await fundedAccounts(world, load.workers, 1_000_000)
  const fees = await world.admin.query<{ id: string }>(`select id from app.accounts where kind = 'fee_income' and currency = 'UGX' order by shard`)
  const rates: string[] = []
  for (const shards of [1, 16]) {
    const o = await together({ url: world.url, seconds: load.short, job: (c, random, worker) => transfer(c, givers[worker]!, fees[Math.floor(random() * shards)]!.id, 1) })
    refusedWith(o)
    rates.push(`${shards} ${shards === 1 ? 'row' : 'rows'}: ${Math.round(o.done / o.seconds)} a second`)
  }
  note('C6', `${load.workers} workers to one fee account, in one row or in 16`, rates.join(', '))
})

test('C7 refunds never come to more than there was', long, async () => {
  const merchant = await newMerchant()
  const original = await collect(world.admin, merchant, 1000)
  const o = await together({
    url: world.url, workers: 20, times: 1,
    job: (c) => asPerson(c, merchant.staff.owner, () => call(c, 'api.create_refund', { original_transaction_id: original, amount_minor: 300, reason: 'all at once', idempotency_key: randomUUID() })),
  }) // prettier-ignore
  expect(o.done).toBe(3)
  expect(o.errors.get('40P01')).toBeUndefined()
  note('C7', '20 workers refund 30 % of one transaction', `exactly 3 of 20; the rest ${[...o.errors.keys()].join(', ')}`)
})

test('C8 a killed session leaves nothing half done', long, async () => {
  const merchant = await newMerchant()
  const kill = async (at: (c: Connection, key: string) => Promise<unknown>): Promise<void> => {
    const key = randomUUID()
    const before = await wallet(world.admin, merchant)
    const victim = await connect(world.url)
    await victim.script('begin; set local role momo_api')
    await victim.query('select api.begin_request($1, $2, $3)', [merchant.staff.owner.user, merchant.id, merchant.staff.owner.device])
    await at(victim, key)
    await world.admin.query('select pg_terminate_backend($1, 5000)', [victim.pid])
    await expect(victim.query('commit')).rejects.toBeInstanceOf(DatabaseError)
    await victim.close().catch(() => undefined)
    expect(await wallet(world.admin, merchant)).toEqual(before)
    const again = await submit(world.admin, merchant.staff.owner, 'UGX', { idempotency_key: key })
    expect(again.replayed).toBe(false)
  }
  const args = (key: string) => ({ id: uuidv7(), idempotency_key: key, type: 'collection', amount_minor: 1000, currency: 'UGX' })
  await kill(async () => undefined)
  await kill((c, key) => call(c, 'api.submit_transaction', args(key)))
  const open = await submit(world.admin, merchant.staff.owner, 'UGX')
  await kill(async (c) => {
    await c.script('reset role; set local role momo_worker')
    await call(c, 'api.settle_transaction', { provider: 'mtn_momo', environment: 'sandbox', x_reference_id: open.x_reference_id, status: 'SUCCESSFUL' })
  })
  expect((await settle(world.admin, open.x_reference_id, 'SUCCESSFUL')).changed).toBe(true)
  note('C8', 'the session killed after begin_request, after submitting, after settling, before each commit', 'no half journal, keys usable again')
})

test('C9 sync loses nothing that commits late, and a cursor over updated_at does', long, async () => {
  const merchant = await newMerchant()
  const written: string[] = []
  const [seen, clock] = [new Set<string>(), new Set<string>()]
  let writing = true
  const puller = await connect(world.url)
  type Page = { rows: { id: string }[]; next: { epoch: string; xid: string; id: string | null }; more: boolean }
  const pull = async (): Promise<void> => {
    let next: Page['next'] | null = null
    let since = new Date(0).toISOString()
    for (let rest = 1; rest >= 0; writing || rest--) {
      const page: Page = await asPerson(
        puller, merchant.staff.owner,
        () => call<Page>(puller, 'api.sync_pull', { stream: 'customers', epoch: next?.epoch ?? null, last_xid: next?.xid ?? null, last_id: next?.id ?? null, page: 50 }),
        'momo_sync',
      ) // prettier-ignore
      for (const row of page.rows) seen.add(row.id)
      next = page.next
      if (page.more) rest = 1
      const rows = await asPerson(puller, merchant.staff.owner, () =>
        puller.query<{ id: string; at: string }>('select id, updated_at::text as at from app.customers where updated_at > $1 order by updated_at', [since]),
      )
      for (const row of rows) clock.add(row.id)
      since = rows.at(-1)?.at ?? since
    }
  }
  const pulling = pull()
  await together({
    url: world.url, workers: 6, seconds: whole ? 10 : 2,
    job: async (c, random) => {
      const id = uuidv7()
      await asRole(c, 'momo_owner', async () => {
        await c.query('insert into app.customers (id, merchant_id) values ($1, $2)', [id, merchant.id])
        await c.query('select pg_sleep($1)', [random() / 20])
      })
      written.push(id)
    },
  }) // prettier-ignore
  writing = false
  await pulling
  await puller.close()
  const lost = (by: Set<string>): number => written.filter((id) => !by.has(id)).length
  expect(lost(seen)).toBe(0)
  expect(lost(clock)).toBeGreaterThan(0)
  note('C9', `${written.length} rows written by 6 sessions that commit late, while a phone pulls`, 'none lost')
  note('C9 control', 'the same pulled by updated_at: must lose rows', `${lost(clock)} lost`)
})

test('C10 tenants stay apart on shared connections', long, async () => {
  const tenants = await Promise.all(Array.from({ length: whole ? 50 : 8 }, () => newMerchant()))
  for (const t of tenants) await submit(world.admin, t.staff.owner, 'UGX')
  let foreign = 0
  let unasked = 0
  let own = 0
  const o = await together({
    url: world.url, workers: 5, seconds: load.short,
    job: async (c, random) => {
      const tenant = any(tenants, random)
      const rows = await asPerson(c, any(Object.values(tenant.staff), random), () =>
        c.query<{ m: string }>('select merchant_id as m from app.transactions union all select merchant_id from app.customers union all select merchant_id from app.devices'),
      )
      own += rows.length
      foreign += rows.filter((r) => r.m !== tenant.id).length
      unasked += (await asRole(c, 'momo_api', () => c.query('select from app.customers'))).length
    },
  }) // prettier-ignore
  refusedWith(o)
  expect({ foreign, unasked }).toEqual({ foreign: 0, unasked: 0 })
  expect(own).toBeGreaterThan(tenants.length)
  note('C10', `${tenants.length} merchants interleaved on 5 connections`, `${told(o)}: 0 foreign rows of ${own.toLocaleString('en')}, 0 without a request`)
})

test('C11 partitions and indexes are made while money moves', long, async () => {
  const accounts = await fundedAccounts(world, 50, 1000)
  const admin = await connect(world.url)
  let ddl = 0
  let again = 0
  const moving = together({ url: world.url, seconds: whole ? 20 : 4, job: (c, random) => transfer(c, any(accounts, random), any(accounts, random), 1) })
  try {
    for (; ; again++) {
      const answer = await asRole(admin, 'momo_owner', (c) => c.query('select ops.ensure_partitions(6)')).catch((error: DatabaseError) => error)
      if (!(answer instanceof DatabaseError)) break
      // It gives way to payments, and is called again.
      expect(answer.code).toBe('55P03')
      expect(again).toBeLessThan(300)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    ddl++
    await admin.query('alter table app.transaction_status_history detach partition app.transaction_status_history_2026_02 concurrently')
    ddl++
    await admin.query('create index concurrently c11 on app.transactions_2026_11 (merchant_id, created_at)')
    await admin.query('drop index concurrently app.c11')
    ddl++
  } finally {
    await admin.close()
  }
  const o = await moving
  refusedWith(o, 'MM402')
  expect(ddl).toBe(3)
  expect(percentile(o.milliseconds, 0.99)).toBeLessThan(5_000)
  note('C11', 'partitions made ahead, one detached, an index built and dropped, meanwhile', `${told(o)}; ops.ensure_partitions() gave way ${again} times`)
})

test('C12 ids of another time go to their month, or are refused', long, async () => {
  const merchant = await newMerchant()
  const at = async (interval: string): Promise<string> =>
    (await world.admin.query<{ id: string }>('select app.uuidv7_at(clock_timestamp() + $1::interval) as id', [interval]))[0]!.id
  for (const interval of ['-40 days', '40 days', '-31 days', '10 minutes']) {
    const no = await refusal(submit(world.admin, merchant.staff.owner, 'UGX', { id: await at(interval) }))
    expect([no.code, no.constraint]).toEqual(['MM422', 'clock_skew'])
  }
  for (const interval of ['-29 days', '4 minutes']) await submit(world.admin, merchant.staff.owner, 'UGX', { id: await at(interval) })
  // The last and the first millisecond of a month that is within the window, whatever the day.
  const [edge] = await world.admin.query<{ before: string; after: string }>(
    `select app.uuidv7_at(m - interval '1 ms') as before, app.uuidv7_floor(m) as after from (select date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' as m) x`,
  )
  await submit(world.admin, merchant.staff.owner, 'UGX', { id: edge!.before })
  const rows = await world.admin.query<{ right: boolean }>(
    `select to_char(app.uuidv7_time(t.id) at time zone 'UTC', '_YYYY_MM') = right(t.tableoid::regclass::text, 8) as right from app.transactions t where t.merchant_id = $1`,
    [merchant.id],
  )
  expect(rows.map((r) => r.right)).toEqual([true, true, true])
  note(
    'C12',
    'ids of 40 and 31 days ago, of 10 minutes and 40 days ahead; of 29 days ago, 4 minutes ahead, the last millisecond of a month',
    'MM422 clock_skew for the first four; the others in the partition of their month',
  )
})

test.each(['read committed', 'repeatable read', 'serializable'])('C13 the same holds in %s', long, async (isolation) => {
  const accounts = await fundedAccounts(world, 20, 1000)
  const o = await together({
    url: world.url, workers: Math.min(load.workers, 16), seconds: load.short, retry: ['40001'],
    job: (c, random) => transfer(c, any(accounts, random), any(accounts, random), 1 + Math.floor(random() * 300), isolation),
  }) // prettier-ignore
  refusedWith(o, 'MM402', '40001')
  expect((await balances(world.admin, accounts)).reduce((sum, a) => sum + a.balance, 0)).toBe(20_000)
  note('C13', `random transfers between 20 accounts in ${isolation}, tried again on 40001`, told(o))
})

test('the invariants find what they are for', async () => {
  const random = randomOf(7)
  const [victim] = await fundedAccounts(world, 1, 500)
  expect(await broken(world.admin)).toEqual([])
  const tampering = {
    I3: `update app.accounts set balance_minor = balance_minor + ${1 + Math.floor(random() * 9)} where id = '${victim}'`,
    I4: `update app.accounts set version = version + 1 where id = '${victim}'`,
    I1: `delete from app.ledger_entries where account_id = '${victim}'`,
    I5: `alter table app.accounts drop constraint accounts_held_check; update app.accounts set held_minor = -1 where id = '${victim}'`,
    I7: `delete from audit.audit_log where table_name = 'app.ledger_entries'`,
  }
  for (const [name, sql] of Object.entries(tampering)) {
    const c = await connect(world.url)
    try {
      await c.script(
        `begin; alter table app.accounts disable trigger user; alter table app.ledger_entries disable trigger user; alter table audit.audit_log disable trigger user; ${sql}`,
      )
      expect((await wrong(c)).map((b) => b.slice(0, 2))).toContain(name)
    } finally {
      await c.close()
    }
  }
  expect(await float(world.admin)).toMatch(/^[0-9a-f-]{36}$/)
})
