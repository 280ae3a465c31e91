import { integer, setOf, sql, sqlText, text } from 'pgintent'
import '../compliance/archived-rows.ts'
import '../compliance/audit-log.ts'
import { tablesByMonth } from '../lib/partitions.ts'
import { definer } from '../lib/routines.ts'
import '../money/ledger.ts'
import '../money/status-history.ts'
import '../money/transactions.ts'
import { ops } from '../namespaces.ts'
import { momoMigrator, momoRetention, momoWorker } from '../roles.ts'
import { uuidv7Floor, uuidv7Time } from '../uuid.ts'
import { lockConnected } from './lock-connected.ts'

// The imports above are the tables that are partitioned by month: the list is made from what they declare.

const list = tablesByMonth()
  .map(({ table: [namespace, name], options }) => `('${namespace}', '${name}', '${options}')`)
  .join(', ')

export const ensurePartitions = definer(ops, 'ensure_partitions', {
  args: { months_ahead: integer().default(3) },
  returns: setOf(text()),
  language: 'plpgsql',
  // Also for the call of another session that is at it.
  settings: { TimeZone: 'UTC', lock_timeout: '500ms' },
  body: sql`
DECLARE
  t record;
  first_missing timestamptz;
  month timestamptz;
  this_month timestamptz := date_trunc('month', now());
  name text;
  path text;
  missing text[] := '{}';
  attach text[] := '{}';
  made text[] := '{}';
BEGIN
  IF months_ahead NOT BETWEEN 0 AND 24 THEN
    RAISE EXCEPTION 'months_ahead is %', months_ahead USING ERRCODE = 'MM422', HINT = 'Give 0 to 24.';
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('ops.ensure_partitions', 0));
  FOR t IN SELECT * FROM (VALUES ${sqlText(list)}) v(namespace, table_name, options) LOOP
    -- From the month after the last one, should nobody have called this for long. Months before are not made again: they were retired.
    SELECT max(${uuidv7Time}(substring(pg_get_expr(p.relpartbound, p.oid) FROM 'TO \(''([0-9a-f-]{36})''\)')::uuid)) INTO first_missing
    FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid
    WHERE i.inhparent = to_regclass(format('%I.%I', t.namespace, t.table_name));
    first_missing := least(coalesce(first_missing, this_month), this_month);
    FOR month IN SELECT generate_series(first_missing, this_month + make_interval(months => months_ahead), '1 month') LOOP
      name := t.table_name || to_char(month, '_YYYY_MM');
      path := format('%I.%I', t.namespace, name);
      CONTINUE WHEN EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = to_regclass(path) AND i.inhparent = to_regclass(format('%I.%I', t.namespace, t.table_name)));
      IF to_regclass(path) IS NOT NULL THEN
        RAISE EXCEPTION '% is there but is no partition of %.%', path, t.namespace, t.table_name
          USING ERRCODE = '55000', HINT = 'Attach it, or rename it, and call this again.';
      END IF;
      -- Made apart and then attached: CREATE … PARTITION OF would lock the whole table against reading. Nobody waits for what is made apart.
      EXECUTE format('CREATE TABLE %s (LIKE %I.%I INCLUDING ALL EXCLUDING COMMENTS) %s', path, t.namespace, t.table_name,
                     CASE WHEN t.options <> '' THEN 'WITH (' || t.options || ')' END);
      EXECUTE format('CREATE TRIGGER a0_no_truncate BEFORE TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION app.refuse_truncate()', path);
      EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER a0_no_truncate, ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', path);
      attach := attach || format('ALTER TABLE %I.%I ATTACH PARTITION %s FOR VALUES FROM (%L) TO (%L)', t.namespace, t.table_name, path,
                                 ${uuidv7Floor}(month), ${uuidv7Floor}(month + interval '1 month'));
      missing := missing || format('%I.%I', t.namespace, t.table_name);
      made := made || path;
    END LOOP;
  END LOOP;
  IF made = '{}' THEN
    RETURN;
  END IF;
  PERFORM ${lockConnected}(missing);
  -- Everything is locked that payments could hold, so a longer wait than this is somebody else's DDL.
  PERFORM set_config('lock_timeout', '100ms', true);
  FOREACH path IN ARRAY attach LOOP
    EXECUTE path;
  END LOOP;
  RETURN QUERY SELECT m FROM unnest(made) m;
END `,
  comment:
    'Makes the partitions that are missing from this month to months_ahead months on, and returns the names of the new ones. What it makes is what the declaration makes. Idempotent; call it daily, in a transaction of its own, as payments wait from the moment it attaches until it commits. It fails with 55P03 when the tables are not free within half a second: then nothing was made, so call it again after a pause.',
  grants: [{ to: [momoWorker, momoRetention, momoMigrator], privileges: ['execute'] }],
})
