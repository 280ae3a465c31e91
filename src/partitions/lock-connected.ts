import { dollar, literal } from '../sql/literal.ts'
import { qualified } from '../sql/identifier.ts'

/**
 * Takes, before it, the locks that attaching a partition takes on its table and on those that foreign keys connect: then attaching waits for
 * nobody. All of it within one time, lock_timeout and at most half of deadlock_timeout: whoever waits for this session looks for a deadlock after
 * deadlock_timeout, and by then this has all or nothing, so that nobody's transaction is chosen as the victim. Fails with 55P03.
 * The tables that most keys connect come first, as most writers come to them.
 */
export function lockConnected(table: readonly string[]): string {
  return `DO ${dollar(`
DECLARE
  own regclass := ${literal(qualified(table))};
  patience interval := nullif(current_setting('lock_timeout')::interval, '0');
  until timestamptz := clock_timestamp() + least(patience, current_setting('deadlock_timeout')::interval / 2);
  remaining int;
  one record;
BEGIN
  FOR one IN
    WITH connected AS (
      SELECT CASE k.conrelid WHEN own THEN k.confrelid ELSE k.conrelid END AS id
      FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0 AND own IN (k.conrelid, k.confrelid)
    ), wanted AS (
      SELECT c.id, 'SHARE ROW EXCLUSIVE' AS mode, (SELECT count(*) FROM pg_constraint k WHERE k.contype = 'f' AND k.conparentid = 0 AND c.id IN (k.conrelid, k.confrelid)) AS keys
      FROM connected c GROUP BY c.id
      UNION ALL SELECT own, 'SHARE UPDATE EXCLUSIVE', 0 WHERE NOT EXISTS (SELECT FROM connected c WHERE c.id = own)
    )
    SELECT format('%I.%I', n.nspname, r.relname) AS path, w.mode
    FROM wanted w CROSS JOIN LATERAL (
      SELECT w.id AS relid, 0 AS level
      UNION ALL SELECT t.relid, t.level FROM pg_partition_tree(w.id) t WHERE t.level > 0 AND w.mode = 'SHARE ROW EXCLUSIVE') p
    JOIN pg_class r ON r.oid = p.relid JOIN pg_namespace n ON n.oid = r.relnamespace
    ORDER BY w.keys DESC, w.id, p.level, path
  LOOP
    remaining := extract(epoch FROM until - clock_timestamp()) * 1000;
    PERFORM set_config('lock_timeout', greatest(remaining, 1) || 'ms', true);
    EXECUTE format('LOCK TABLE ONLY %s IN %s MODE', one.path, one.mode) || CASE WHEN remaining < 1 THEN ' NOWAIT' ELSE '' END;
  END LOOP;
END `)}`
}
