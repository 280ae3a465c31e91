import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { schema } from '../support/command.ts'
import { declared } from './applied.ts'
import { call, collect, findings, settle, submit, type Args } from './support/money.ts'
import { asPerson, asRole, openWorld, type Person, type World } from './support/world.ts'

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
  expect(left.map((r) => r.name)).toEqual(['archived_rows_2026_02', 'audit_log_2026_02', 'ledger_entries_2026_02', 'transaction_status_history_2026_02', 'transactions_2026_02'])
  expect(JSON.parse(readFileSync(join(archive, 'app.ledger_entries_2026_01.json'), 'utf8'))).toMatchObject({ rows: 2 })
  expect(existsSync(join(archive, 'app.transactions_2026_01.copy.gz'))).toBe(true)
  expect(await findings(admin)).toEqual([])

  const drift = await on('2028-05-10', 'drift', '--url', url, ...declared())
  expect(drift.out).not.toMatch(/_2026_0[1-9]/)
})

test('a month of what the API made goes as well, once what refers to it is kept elsewhere', { timeout: 180_000 }, async () => {
  const made = await openWorld()
  const folder = mkdtempSync(join(archive, 'api-'))
  const { url, admin, kampala } = made
  const { owner, manager, accountant } = kampala.staff
  const ask = (who: Person, name: string, args: Args) => asPerson(admin, who, (c) => call<Record<string, string>>(c, name, args))
  try {
    await collect(admin, kampala, 50_000)
    const [request] = await asPerson(admin, owner, (c) =>
      c.query<{ id: string }>(
        `insert into app.payment_requests (merchant_id, kind, public_token, amount_minor, currency) values ($1, 'link', 'kEpTsEcReT0123456789abcd', 700, 'UGX') returning id`,
        [kampala.id],
      ),
    )
    const paid = await submit(admin, owner, 'UGX', { amount_minor: 700, payment_request_id: request!.id })
    await settle(admin, paid.x_reference_id, 'SUCCESSFUL')
    const refund = await ask(owner, 'api.create_refund', { original_transaction_id: paid.transaction_id, amount_minor: 300, reason: 'returned', idempotency_key: randomUUID() })
    const [wallet] = await admin.query<{ id: string }>(`select id from app.accounts where merchant_id = $1 and kind = 'merchant_wallet'`, [kampala.id])
    const payout = await ask(manager, 'api.request_payout', {
      account_id: wallet!.id, amount_minor: 1000, destination_type: 'momo', destination_enc: `\\x01${'ab'.repeat(45)}`, destination_bidx: `\\x${'cd'.repeat(16)}`,
      destination_last4: '9876', idempotency_key: randomUUID(),
    }) // prettier-ignore
    const sent = await ask(accountant, 'api.approve_payout', { payout_id: payout['payout_id'], approve: true })
    await settle(admin, sent['x_reference_id']!, 'SUCCESSFUL')

    const [at] = await admin.query<{ month: string; until: string; name: string; day: string }>(
      `select to_char(m, 'YYYY-MM-DD"T00:00Z"') as month, to_char(m + interval '1 month', 'YYYY-MM-DD"T00:00Z"') as until, to_char(m, 'YYYY_MM') as name,
              to_char(m + interval '27 months 9 days', 'YYYY-MM-DD') as day from (select date_trunc('month', now() at time zone 'UTC') as m) x`,
    )
    const { month, until, name, day } = at!
    const archiveReferences = (run: string) =>
      asRole(admin, 'momo_retention', (c) =>
        c.query<{ table_name: string; archived: number; remaining: number }>('select table_name, archived::int, remaining::int from ops.archive_references($1, $2)', [month, run]),
      )
    const run = async (cutoff: string, approved: boolean) =>
      (
        await admin.query<{ id: string }>(
          `insert into app.retention_runs (requested_by, cutoff, approved_by, approved_at) values ('one', $1, $2, $3) returning id`,
          [cutoff, approved ? 'another' : null, approved ? new Date() : null], // prettier-ignore
        )
      )[0]!.id
    const reasons = async (table: string) =>
      (await asRole(admin, 'momo_retention', (c) => c.query<{ reason: string }>('select reason from ops.partition_holds($1, $2, $3)', [table, month, until]))).map((r) => r.reason)

    await expect(archiveReferences(await run(day, false))).rejects.toMatchObject({ code: 'MM403' })
    await expect(archiveReferences(await run(until, true))).rejects.toMatchObject({ code: 'MM403' })
    const agreed = await run(day, true)
    // The refund is not over.
    await expect(archiveReferences(agreed)).rejects.toMatchObject({ code: 'MM422' })
    await settle(admin, refund['x_reference_id']!, 'SUCCESSFUL')
    const hold = await admin.query<{ id: string }>(
      `insert into app.legal_holds (merchant_id, subject_table, subject_id, range, reason, placed_by) values ($1, 'app.refunds', $2, '(,)', 'Case 9', 'counsel') returning id`,
      [kampala.id, refund['refund_id']],
    )
    await expect(archiveReferences(agreed)).rejects.toMatchObject({ code: 'MM423' })
    await admin.query(`update app.legal_holds set released_at = now(), released_by = 'counsel' where id = $1`, [hold[0]!.id])
    expect(await reasons('app.ledger_entries')).toEqual([expect.stringMatching(/accounts have no checkpoint/)])
    expect(await reasons('app.transactions')).toEqual([expect.stringMatching(/app.provider_references.*ops.archive_references/)])

    const dry = await on(day, 'partitions', 'retire', '--url', url, ...declared())
    expect(dry.out + dry.err).toMatch(new RegExp(`ledger_entries_${name}.*stays.*checkpoint`))
    expect(dry.out + dry.err).toMatch(new RegExp(`transactions_${name}.*stays.*ops.archive_references`))

    expect((await archiveReferences(agreed)).map((r) => `${r.table_name} ${r.archived} ${r.remaining}`)).toEqual([
      'app.idempotency_keys 3 0', 'app.provider_references 4 0', 'app.refunds 1 0', 'app.payouts 1 0', 'app.settlements 0 0', 'app.payment_requests 1 0',
    ]) // prettier-ignore
    expect(await reasons('app.transactions')).toEqual([])
    expect(await reasons('app.archived_rows')).toEqual([])
    await admin.query(
      `insert into app.account_checkpoints (merchant_id, account_id, period_end, balance_minor, account_version)
       select a.merchant_id, a.id, $1, a.balance_minor, a.version from app.accounts a where a.version > 0`,
      [until],
    )
    expect(await reasons('app.ledger_entries')).toEqual([])
    const retired = await on(day, 'partitions', 'retire', '--url', url, '--archive', folder, '--yes', ...declared())
    expect(retired.out + retired.err).not.toContain('stays')
    expect(await admin.query(`select to_regclass('app.transactions_${name}') as there, to_regclass('app.archived_rows_${name}') as kept`)).toEqual([{ there: null, kept: null }])
    expect(JSON.parse(readFileSync(join(folder, `app.archived_rows_${name}.json`), 'utf8'))).toMatchObject({ rows: 10 })
    expect(JSON.parse(readFileSync(join(folder, `app.transactions_${name}.json`), 'utf8'))).toMatchObject({ rows: 4 })
    expect(await findings(admin)).toEqual([])
  } finally {
    await made.close()
  }
})
