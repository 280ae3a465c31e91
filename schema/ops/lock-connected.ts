import { sql, text } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'

/**
 * The locks that attaching takes, before it: whoever has them all does not wait any more, and so is in no circle. Everything is waited for
 * within one time, which begins with the first lock and is far below deadlock_timeout. Who waits for this looks for a deadlock only when it has
 * waited for deadlock_timeout, and by then this has everything or has let go of everything.
 *
 * The order is that of payments, which begin with app.transactions (transactionsFirst): once that is locked, those under way have what they
 * need from the tables that follow, and the others have nothing yet. People come before, as a sync_push writes them before its payments.
 */
export const lockConnected = internal(ops, 'lock_connected', {
  args: { tables: text().array() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
DECLARE
  most interval := least(interval '500 ms', current_setting('deadlock_timeout')::interval / 2);
  until timestamptz := clock_timestamp() + most;
  remaining int;
  one record;
  waits_for text;
BEGIN
  FOR one IN
    WITH parent AS (
      SELECT t::regclass::oid AS id FROM unnest(lock_connected.tables) t
    ), connected AS (
      SELECT k.confrelid AS id FROM pg_constraint k JOIN parent p ON p.id = k.conrelid WHERE k.contype = 'f' AND k.conparentid = 0
      UNION SELECT k.conrelid FROM pg_constraint k JOIN parent p ON p.id IN (k.confrelid, k.conrelid) WHERE k.contype = 'f' AND k.conparentid = 0
    ), wanted AS (
      SELECT c.id, 'SHARE ROW EXCLUSIVE' AS mode FROM connected c
      UNION ALL SELECT p.id, 'SHARE UPDATE EXCLUSIVE' FROM parent p WHERE NOT EXISTS (SELECT FROM connected c WHERE c.id = p.id)
    ), placed AS (
      SELECT r.relid, w.mode, r.level, w.id,
             CASE WHEN w.id = 'app.transactions'::regclass THEN 1
                  WHEN EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = 'app.transactions'::regclass AND k.confrelid = w.id)
                   AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND k.confrelid = 'app.transactions'::regclass AND k.conrelid = w.id) THEN 0
                  ELSE 2 END AS place
      FROM wanted w CROSS JOIN LATERAL (
        SELECT w.id AS relid, 0 AS level
        UNION ALL SELECT i.inhrelid, 1 FROM pg_inherits i WHERE i.inhparent = w.id AND w.mode = 'SHARE ROW EXCLUSIVE') r
    )
    SELECT p.relid::regclass::text AS path, p.mode FROM placed p
    ORDER BY p.place, p.id::regclass::text, p.level, p.relid::regclass::text
  LOOP
    waits_for := one.path;
    remaining := extract(epoch FROM until - clock_timestamp()) * 1000;
    -- A lock_timeout of 0 would be none.
    PERFORM set_config('lock_timeout', greatest(remaining, 1) || 'ms', true);
    EXECUTE format('LOCK TABLE ONLY %s IN %s MODE', one.path, one.mode) || CASE WHEN remaining < 1 THEN ' NOWAIT' ELSE '' END;
  END LOOP;
EXCEPTION WHEN lock_not_available THEN
  RAISE EXCEPTION 'the tables were not free within %, % the last of them', most, waits_for
    USING ERRCODE = '55P03', HINT = 'Nothing was made. Call it again, after a pause that varies.';
END `,
  comment:
    'Takes, in the order of payments and within half a second in all, the locks that attaching partitions to these tables takes. 55P03 when it did not get them: then it holds none.',
})
