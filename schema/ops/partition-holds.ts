import { sql, text, timestamptz } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoAuditor, momoCompliance, momoMigrator, momoRetention } from '../roles.ts'

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
END `,
  comment:
    "The legal holds that keep a month of a table, in words; no row when none does. Every hold on that time counts, whatever row it is about: a month goes or stays as a whole, and what is held may be told by another table's rows. So table_name changes nothing; it is there to be answered more finely one day.",
  grants: [{ to: [momoCompliance, momoRetention, momoAuditor, momoMigrator], privileges: ['execute'] }],
})
