import { bigint, integer, sql, sqlText, text, timestamptz, uuid, type SqlText, type Table } from 'pgintent'
import '../compliance/archived-rows.ts'
import { holds } from '../compliance/held.ts'
import { definer } from '../lib/routines.ts'
import { forgetRequests, openTransactions } from '../money/old-transactions.ts'
import { paymentRequests } from '../money/payment-requests.ts'
import { payouts } from '../money/payouts.ts'
import { providerReferences } from '../money/provider-references.ts'
import { refunds } from '../money/refunds.ts'
import { settlements } from '../money/settlements.ts'
import { ops } from '../namespaces.ts'
import { idempotencyKeys } from '../offline/idempotency.ts'
import { momoRetention } from '../roles.ts'
import { uuidv7At, uuidv7Floor } from '../uuid.ts'
import { partitionHolds } from './partition-holds.ts'

// What refers to a transaction goes before its month. Found by the id of the transaction, which is of the month.

const inMonth = (column: string) => sqlText(`(r.${column} >= lowest AND r.${column} < beyond)`)

interface Referring {
  readonly table: Table<any, any>
  readonly which: SqlText
  /** What to do with the rows `ids` once they are kept. Else they are deleted. */
  readonly release?: SqlText
  /** What must be done before they can be deleted. */
  readonly before?: SqlText
  readonly unfinished?: SqlText
}

/** In an order in which they can go: a payout may pay a settlement. */
const referring: readonly Referring[] = [
  { table: idempotencyKeys, which: inMonth('transaction_id'), release: sql`UPDATE app.idempotency_keys r SET transaction_id = NULL WHERE r.id = ANY (ids)` },
  { table: providerReferences, which: inMonth('transaction_id') },
  {
    table: refunds,
    which: sql`(${inMonth('original_transaction_id')} OR ${inMonth('refund_transaction_id')})`,
    unfinished: sql`r.status IN ('requested', 'approved', 'pending')`,
  },
  { table: payouts, which: inMonth('transaction_id'), unfinished: sql`r.status IN ('requested', 'scheduled', 'pending')` },
  { table: settlements, which: inMonth('transaction_id'), release: sql`UPDATE app.settlements r SET transaction_id = NULL WHERE r.id = ANY (ids)` },
  { table: paymentRequests, which: inMonth('paid_transaction_id'), before: sql`PERFORM ${forgetRequests(sql`ids`)};` },
]

const held = ({ table, which }: Referring) => sql`
  IF EXISTS (SELECT FROM ${table} r JOIN app.legal_holds h ON ${holds({ merchant: sql`h.merchant_id = r.merchant_id`, table: table.ref.text, id: sql`r.id`, from: sql`r.created_at`, until: sql`greatest(r.created_at, month_end)` })} WHERE ${which}) THEN
    RAISE EXCEPTION 'a legal hold keeps rows of %', ${table.ref.text} USING ERRCODE = 'MM423', HINT = 'Compliance lifts it, or they stay, and the month with them.';
  END IF;` // prettier-ignore

const open = ({ table, which, unfinished }: Referring) => unfinished === undefined ? sql`` : sql`
  IF EXISTS (SELECT FROM ${table} r WHERE ${which} AND ${unfinished}) THEN
    RAISE EXCEPTION 'rows of % are not over yet', ${table.ref.text} USING ERRCODE = 'MM422', HINT = 'Somebody decides on them first.';
  END IF;` // prettier-ignore

const move = ({ table, which, release, before }: Referring) => sql`
  WITH those AS (SELECT r.* FROM ${table} r WHERE ${which} LIMIT most FOR UPDATE), kept AS (
    INSERT INTO app.archived_rows (id, merchant_id, table_name, row_id, row_data)
    SELECT ${uuidv7At}(archive_references.month + random() * (month_end - archive_references.month)), s.merchant_id, ${table.ref.text}, s.id, to_jsonb(s) FROM those s RETURNING row_id
  )
  SELECT coalesce(array_agg(k.row_id), '{}') INTO ids FROM kept k;
  ${before ?? sql``}
  ${release ?? sql`DELETE FROM ${table} r WHERE r.id = ANY (ids)`};
  RETURN QUERY SELECT ${table.ref.text}::text, cardinality(ids)::bigint, (SELECT count(*) FROM ${table} r WHERE ${which});` // prettier-ignore

const all = (part: (r: Referring) => SqlText) => referring.map(part).reduce((a, b) => sql`${a}${b}`)

export const archiveReferences = definer(ops, 'archive_references', {
  args: { month: timestamptz(), run_id: uuid(), most: integer().default(10_000) },
  returns: { table: { table_name: text(), archived: bigint(), remaining: bigint() } },
  language: 'plpgsql',
  settings: { TimeZone: 'UTC' },
  body: sql`
#variable_conflict use_column
DECLARE
  month_end timestamptz := archive_references.month + interval '1 month';
  lowest uuid := ${uuidv7Floor}(archive_references.month);
  beyond uuid := ${uuidv7Floor}(month_end);
  run app.retention_runs;
  reason text;
  ids uuid[];
BEGIN
  IF month IS NULL OR month <> date_trunc('month', month) OR most IS NULL OR most NOT BETWEEN 1 AND 100000 THEN
    RAISE EXCEPTION '% is no month', month USING ERRCODE = 'MM422', HINT = 'Give its first moment in UTC, and for most 1 to 100000.';
  END IF;
  SELECT * INTO run FROM app.retention_runs x WHERE x.id = run_id;
  IF NOT FOUND OR run.approved_at IS NULL THEN
    RAISE EXCEPTION 'retention run % is not approved', run_id USING ERRCODE = 'MM403', HINT = 'One of compliance calls api.request_retention(), another api.approve_retention().';
  ELSIF month_end > run.cutoff - interval '24 months' THEN
    RAISE EXCEPTION 'what ended on % is kept until 24 months later', month_end USING ERRCODE = 'MM403', HINT = 'The run was for an earlier moment.';
  END IF;
  SELECT x.reason INTO reason FROM ${partitionHolds(sql`'app.transaction_status_history'`, sql`month`, sql`month_end`)} x LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the month is held: %', reason USING ERRCODE = 'MM423', HINT = 'Compliance lifts the hold, or the month stays.';
  ELSIF ${openTransactions(sql`month`, sql`month_end`)} > 0 THEN
    RAISE EXCEPTION 'transactions of this month are not over yet' USING ERRCODE = 'MM422', HINT = 'ops.expire_transactions(), or the provider, ends them.';
  END IF;${all(held)}${all(open)}${all(move)}
END `,
  comment:
    'Takes what refers to transactions of a month out of its way, before "schema partitions retire": the rows are kept in app.archived_rows, with that month, and then deleted; settlements and idempotency keys stay and only let go. Answers with what it moved and what remains; at most so many rows of each table, so call it until nothing remains. Needs a retention run that two people agreed on (MM403); refused under a legal hold (MM423) and while something is not over (MM422).',
  grants: [{ to: momoRetention, privileges: ['execute'] }],
})
