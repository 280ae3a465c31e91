import { sql, type Interpolated, type SqlText, type Table } from 'pgintent'
import { customers } from '../people/customers.ts'
import { kycDocuments } from '../people/kyc-documents.ts'
import { merchantMembers } from '../people/members.ts'
import { merchants } from '../people/merchants.ts'
import { users } from '../people/users.ts'
import { notifications } from '../messages/notifications.ts'
import { outboxEvents } from '../messages/outbox-events.ts'
import { accountCheckpoints } from '../money/accounts.ts'
import { paidSince } from '../money/paid-since.ts'
import { payouts } from '../money/payouts.ts'
import { providerReferences } from '../money/provider-references.ts'
import { refunds } from '../money/refunds.ts'
import { settlements } from '../money/settlements.ts'
import { syncConflicts } from '../offline/conflicts.ts'
import { syncCursors } from '../offline/cursors.ts'
import { idempotencyKeys } from '../offline/idempotency.ts'
import { syncTombstones } from '../offline/tombstones.ts'
import { holds } from './held.ts'
import { retentionRule } from './retention-rule.ts'
import { seals } from './seals.ts'

// What retention knows of each table that is not partitioned: with which moment its clock starts, and what it does when the
// time has come. Policies say how long. In the conditions r is the row, m its merchant, and cutoff the moment that ages are
// counted back from.

export interface Kept {
  readonly table: Table<any, any>
  /** delete: ops.apply_retention() does it. erase: it calls the erasure. report: a person decides, as rows of other tables refer to it. */
  readonly how: 'delete' | 'erase' | 'report'
  /** When the clock of r started; NULL while it has not. */
  readonly since: SqlText
  /** What must be true as well. `cutoff_kept` is the moment before which the clock must have started. */
  readonly also?: SqlText
  /** The merchant of r; its column merchant_id unless given. */
  readonly merchant?: SqlText
}

const r = (column: Interpolated): SqlText => sql`r.${column}`
const created = (table: Table<any, any>, how: Kept['how']): Kept => ({ table, how, since: sql`r.created_at` })

export const keptTables: readonly Kept[] = [
  { table: idempotencyKeys, how: 'delete', since: r(idempotencyKeys.columns.created_at), also: sql`r.${idempotencyKeys.columns.expires_at} < cutoff` },
  created(syncTombstones, 'delete'),
  { table: syncCursors, how: 'delete', since: sql`coalesce(greatest(r.${syncCursors.columns.last_pull_at}, r.${syncCursors.columns.last_push_at}), r.created_at)` },
  { table: syncConflicts, how: 'delete', since: r(syncConflicts.columns.created_at), also: sql`r.${syncConflicts.columns.resolved_at} IS NOT NULL` },
  created(notifications, 'delete'),
  { table: outboxEvents, how: 'delete', since: r(outboxEvents.columns.delivered_at), also: sql`r.${outboxEvents.columns.status} = 'delivered'` },
  {
    table: kycDocuments,
    how: 'delete',
    since: sql`m.${merchants.columns.closed_at}`,
    also: sql`coalesce(r.${kycDocuments.columns.retention_until} < cutoff::date, true)`,
  },
  {
    table: customers,
    how: 'erase',
    since: r(customers.columns.updated_at),
    // Asked of few: of those whose row has not changed either.
    also: sql`r.${customers.columns.erased_at} IS NULL
      AND NOT ${paidSince(sql`r.merchant_id`, sql`r.id`, sql`cutoff_kept`)}`,
  },
  {
    table: users,
    how: 'erase',
    since: r(users.columns.closed_at),
    also: sql`r.${users.columns.erased_at} IS NULL`,
    // Of the merchants they ever worked for, one whose country keeps longest.
    merchant: sql`(SELECT x.merchant_id FROM app.merchant_members x JOIN app.merchants y ON y.id = x.merchant_id JOIN kept z ON z.country = y.country::text
                   WHERE x.user_id = r.id ORDER BY z.retain DESC LIMIT 1)`,
  },
  { table: merchants, how: 'report', since: r(merchants.columns.closed_at), merchant: sql`r.id` },
  { table: merchantMembers, how: 'report', since: sql`m.${merchants.columns.closed_at}` },
  created(refunds, 'report'),
  created(settlements, 'report'),
  created(payouts, 'report'),
  created(providerReferences, 'report'),
  created(accountCheckpoints, 'report'),
  { table: seals, how: 'report', since: r(seals.columns.created_at), merchant: sql`NULL::uuid` },
]

const kept = (table: string) => sql`
      WITH kept AS MATERIALIZED (
        SELECT c.country, q.class, q.retain, q.action FROM (SELECT DISTINCT y.country::text AS country FROM app.merchants y UNION ALL SELECT NULL) c
        CROSS JOIN LATERAL ${retentionRule(table, sql`c.country`)} q)`

const overdue = (k: Kept) => sql`
      FROM ${k.table} r LEFT JOIN app.merchants m ON m.id = ${k.merchant ?? sql`r.merchant_id`} JOIN kept k ON k.country IS NOT DISTINCT FROM m.country::text
      CROSS JOIN LATERAL (SELECT cutoff - k.retain) x(cutoff_kept)
      WHERE ${k.since} < cutoff - (SELECT min(retain) FROM kept) AND ${k.since} < x.cutoff_kept${k.also === undefined ? sql`` : sql` AND ${k.also}`}`

const held = (k: Kept) => sql`EXISTS (
        SELECT FROM app.legal_holds h
        WHERE ${holds({ merchant: sql`h.merchant_id = m.id`, table: k.table.ref.text, id: sql`r.id`, from: sql`r.created_at`, until: sql`greatest(r.created_at, ${k.since})` })})`

/** A query: class, table, country, action, how, retain, how many rows are due, how many are held although they would be. */
export const countDue = (k: Kept): SqlText => sql`${kept(k.table.ref.text)}
      SELECT k.class, ${k.table.ref.text}::text, k.country, k.action, ${k.how}::text, k.retain,
             count(*) FILTER (WHERE NOT ${held(k)}), count(*) FILTER (WHERE ${held(k)})${overdue(k)}
      GROUP BY k.class, k.country, k.action, k.retain ORDER BY k.country NULLS FIRST`

/** A query: the ids of at most `most` rows of the country of \`line\` that are due and not held, locked. */
export const someDue = (k: Kept, most: number): SqlText => sql`${kept(k.table.ref.text)}
      SELECT r.id${overdue(k)} AND k.country IS NOT DISTINCT FROM line.country AND NOT ${held(k)} LIMIT ${most} FOR UPDATE OF r SKIP LOCKED`
