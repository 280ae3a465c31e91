import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { schema } from '../support/command.ts'
import { declared } from './applied.ts'
import { collect, findings } from './support/money.ts'
import { asRole, openWorld, type World } from './support/world.ts'

const archive = mkdtempSync(join(tmpdir(), 'momo-retire-'))
let world: World
beforeAll(async () => {
  world = await openWorld()
}, 120_000)
afterAll(async () => {
  await world?.close()
  rmSync(archive, { recursive: true, force: true })
})

/** The command, as if today were another day. */
async function on(day: string, ...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  process.env['PGINTENT_TODAY'] = day
  try {
    return await schema(...args)
  } finally {
    delete process.env['PGINTENT_TODAY']
  }
}

/** What a collection leaves behind, as if it had been made at that moment: no function makes history, so a superuser does. */
async function collectedAt(moment: string, amount: number): Promise<void> {
  const { admin, kampala } = world
  await admin.query('begin')
  await admin.query(
    `with t as (
       insert into app.transactions (id, created_at, merchant_id, type, status, direction, amount_minor, currency, completed_at, submitted_at)
       values (app.uuidv7_at($1), $1, $2, 'collection', 'successful', 'in', $3, 'UGX', $1, $1) returning id, merchant_id),
     legs as (
       select a.id as account, a.merchant_id, case when a.merchant_id is null then $3::bigint else -$3::bigint end as amount, row_number() over (order by a.id) as seq
       from app.accounts a where a.merchant_id = $2 and a.kind = 'merchant_wallet' or a.kind = 'provider_float' and a.currency = 'UGX' and a.shard = 0),
     moved as (
       update app.accounts a set balance_minor = a.balance_minor + $3, version = a.version + 1 from legs l where l.account = a.id returning a.id, a.balance_minor, a.version)
     insert into app.ledger_entries (id, created_at, posted_at, merchant_id, transaction_id, account_id, currency, amount_minor, balance_after_minor, account_version, entry_seq)
     select app.uuidv7_at($1), $1, $1, l.merchant_id, t.id, l.account, 'UGX', l.amount, m.balance_minor, m.version, l.seq from legs l join moved m on m.id = l.account, t`,
    [moment, kampala.id, amount],
  )
  await admin.query('commit')
}

test('months go when their time has come, but for those that a legal hold keeps, and the ledger can still be proved', { timeout: 180_000 }, async () => {
  const { url, admin, kampala } = world
  await collectedAt('2026-01-15T12:00Z', 5000)
  await collectedAt('2026-02-15T12:00Z', 700)
  await collect(admin, kampala, 90)
  expect(await findings(admin)).toEqual([])
  await asRole(admin, 'momo_compliance', (c) =>
    c.query(`insert into app.legal_holds (merchant_id, range, reason) values ($1, '[2026-02-10, 2026-02-20)', 'Case 7/2026')`, [kampala.id]),
  )
  await admin.query(`select ops.write_checkpoint(a.id, '2026-02-01T00:00Z') from app.accounts a where a.version > 0`)

  const dry = await on('2028-05-10', 'partitions', 'retire', '--url', url, ...declared())
  expect(dry.out + dry.err).toContain('Case 7/2026')
  const retired = await on('2028-05-10', 'partitions', 'retire', '--url', url, '--archive', archive, '--yes', ...declared())
  expect(retired.code).toBe(3)
  expect(retired.out + retired.err).toContain('Case 7/2026')

  const left = await admin.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_inherits i on i.inhrelid = c.oid where c.relkind = 'r' and c.relname ~ '_2026_0[12]$' order by 1`,
  )
  expect(left.map((r) => r.name)).toEqual(['audit_log_2026_02', 'ledger_entries_2026_02', 'transaction_status_history_2026_02', 'transactions_2026_02'])
  expect(JSON.parse(readFileSync(join(archive, 'app.ledger_entries_2026_01.json'), 'utf8'))).toMatchObject({ rows: 2 })
  expect(existsSync(join(archive, 'app.transactions_2026_01.copy.gz'))).toBe(true)
  expect(await findings(admin)).toEqual([])

  const drift = await on('2028-05-10', 'drift', '--url', url, ...declared())
  expect(drift.out).not.toMatch(/_2026_0[1-9]/)
})
