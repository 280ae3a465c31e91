import { sql, sqlText, text, timestamptz } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoAuditor, momoCompliance, momoMigrator, momoRetention } from '../roles.ts'

/** Tables that refer to transactions and are not partitioned, and by which column. */
const references: readonly (readonly [table: string, column: string])[] = [
  ['app.provider_references', 'transaction_id'],
  ['app.refunds', 'original_transaction_id'],
  ['app.refunds', 'refund_transaction_id'],
  ['app.payouts', 'transaction_id'],
  ['app.settlements', 'transaction_id'],
  ['app.payment_requests', 'paid_transaction_id'],
  ['app.idempotency_keys', 'transaction_id'],
]

const referring = sqlText(
  references.map(
    ([table, column]) => `SELECT '${table}', EXISTS (SELECT FROM ${table} r WHERE r.${column} >= app.uuidv7_floor(from_time) AND r.${column} < app.uuidv7_floor(until_time))`,
  ).join(`
            UNION ALL `),
)

export const partitionHolds = definer(ops, 'partition_holds', {
  args: { table_name: text(), from_time: timestamptz(), until_time: timestamptz() },
  returns: { table: { reason: text() } },
  language: 'plpgsql',
  volatility: 'stable',
  // Who retires months asks with row_security off, so that nothing is hidden from them; these policies hide nothing from their owner.
  settings: { row_security: 'on' },
  body: sql`
BEGIN
  IF from_time IS NULL OR until_time IS NULL OR from_time >= until_time THEN
    RAISE EXCEPTION 'no time lies between % and %', from_time, until_time USING ERRCODE = 'MM422', HINT = 'Give the two ends of the month.';
  END IF;
  RETURN QUERY
    SELECT format('%s (%s)', h.reason, concat_ws(', ', coalesce('merchant ' || h.merchant_id::text, 'all merchants'), h.subject_table || ' ' || h.subject_id::text, 'hold ' || h.id::text))
    FROM app.legal_holds h WHERE h.released_at IS NULL AND h.range && tstzrange(from_time, until_time) ORDER BY h.id;
  IF table_name = 'app.ledger_entries' THEN
    RETURN QUERY SELECT format('%s accounts have no checkpoint after it: ops.write_checkpoint()', n) FROM app.unproved_accounts(from_time, until_time) n WHERE n > 0;
  ELSIF table_name IN ('app.transactions', 'app.archived_rows') THEN
    RETURN QUERY
      SELECT format('rows of %s refer to its transactions: ops.archive_references()', string_agg(x.name, ', '))
      FROM (${referring}) x(name, found) WHERE x.found HAVING count(*) > 0;
  END IF;
END `,
  comment:
    "Why a month of a table must stay, in words; no row when it may go. Every legal hold on that time counts, whatever row it is about: a month goes or stays as a whole, and what is held may be told by another table's rows. Ledger entries stay until every account in them has a checkpoint at the end of the month or later; transactions, and the rows archived with them, until nothing refers to them.",
  grants: [{ to: [momoCompliance, momoRetention, momoAuditor, momoMigrator], privileges: ['execute'] }],
})
