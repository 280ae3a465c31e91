import { date, integer, sql } from 'pgintent'
import { firstMonth } from '../lib/partitions.ts'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoLedger, momoWorker } from '../roles.ts'
import { uuidv7Floor, uuidv7Time } from '../uuid.ts'

/**
 * A day is that of created_at in the time zone of the merchant. The bounds on id choose the partitions: an id is up to 30 days
 * older than its row when it was made offline, five minutes newer at most, and a day begins up to 14 hours off UTC.
 */
export const rollUpDays = definer(ops, 'roll_up_days', {
  owner: momoLedger,
  args: { from_day: date(), until_day: date() },
  returns: integer(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  changed int;
  oldest timestamptz;
BEGIN
  IF roll_up_days.from_day IS NULL OR roll_up_days.until_day IS NULL THEN
    RAISE EXCEPTION 'a day is missing' USING ERRCODE = 'MM422', HINT = 'Give the first day and the one after the last.';
  END IF;
  -- Of a day whose transactions have left for the archive, in part or as a whole, the totals are all there is. Before the first month
  -- of all there never were any.
  SELECT min(${uuidv7Time}(substring(pg_get_expr(p.relpartbound, p.oid) FROM '[0-9a-f-]{36}')::uuid)) INTO oldest
  FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid WHERE i.inhparent = 'app.transactions'::regclass AND NOT i.inhdetachpending;
  IF oldest > ${`${firstMonth}-01`}::timestamp AT TIME ZONE 'UTC' AND roll_up_days.from_day < (oldest AT TIME ZONE 'UTC')::date + 31 THEN
    RAISE EXCEPTION 'transactions from before % are archived', oldest
      USING ERRCODE = 'MM422', HINT = 'Begin 31 days later: an id is up to 30 days older than its row. The totals of earlier days stay as they are.';
  END IF;
  -- Two of them at once would add up the same day from two moments.
  PERFORM pg_advisory_xact_lock(hashtextextended('ops.roll_up_days', 0));
  WITH found AS MATERIALIZED (
    SELECT t.merchant_id, (t.created_at AT TIME ZONE m.timezone)::date AS day, t.currency, t.type, t.status,
           count(*)::int AS transactions, sum(t.amount_minor)::bigint AS amount_minor, sum(t.fee_minor)::bigint AS fee_minor
    FROM app.transactions t JOIN app.merchants m ON m.id = t.merchant_id
    WHERE t.id >= ${uuidv7Floor}((roll_up_days.from_day::timestamp AT TIME ZONE 'UTC') - interval '31 days')
      AND t.id < ${uuidv7Floor}((roll_up_days.until_day::timestamp AT TIME ZONE 'UTC') + interval '1 day')
      AND t.created_at >= roll_up_days.from_day::timestamp AT TIME ZONE m.timezone
      AND t.created_at < roll_up_days.until_day::timestamp AT TIME ZONE m.timezone
    GROUP BY 1, 2, 3, 4, 5
  ), gone AS (
    DELETE FROM app.merchant_daily_totals d
    WHERE d.day >= roll_up_days.from_day AND d.day < roll_up_days.until_day
      AND NOT EXISTS (SELECT FROM found f WHERE (f.merchant_id, f.day, f.currency, f.type, f.status) = (d.merchant_id, d.day, d.currency, d.type, d.status))
    RETURNING 1
  ), kept AS (
    INSERT INTO app.merchant_daily_totals AS d (merchant_id, day, currency, type, status, transactions, amount_minor, fee_minor)
    SELECT f.merchant_id, f.day, f.currency, f.type, f.status, f.transactions, f.amount_minor, f.fee_minor FROM found f
    ON CONFLICT (merchant_id, day, currency, type, status) DO UPDATE
    SET transactions = excluded.transactions, amount_minor = excluded.amount_minor, fee_minor = excluded.fee_minor
    WHERE (d.transactions, d.amount_minor, d.fee_minor) IS DISTINCT FROM (excluded.transactions, excluded.amount_minor, excluded.fee_minor)
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM kept) INTO changed;
  RETURN changed;
END `,
  comment:
    'Adds up the days from the first, inclusive, to the last, exclusive, each in the time zone of its merchant. May be called again; the result is how many rows it changed. MM422 for days whose transactions are archived.',
  grants: [{ to: momoWorker, privileges: ['execute'] }],
})
