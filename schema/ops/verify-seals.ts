import { sql, text, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoAuditor, momoAuditWriter, momoCompliance, momoWorker } from '../roles.ts'
import { uuidv7At } from '../uuid.ts'
import { digestRows, fixedText, rootOf } from './sealed-rows.ts'

export const verifySeals = definer(ops, 'verify_seals', {
  owner: momoAuditWriter,
  returns: { table: { seal_id: uuid(), problem: text(), detail: text() } },
  language: 'plpgsql',
  volatility: 'stable',
  settings: fixedText,
  body: sql`
#variable_conflict use_column
DECLARE
  s audit.seals;
  before audit.seals;
  epoch_start uuid;
  epoch_end uuid;
  one record;
  digest bytea;
  counted bigint;
  first_id uuid;
  last_id uuid;
  archived uuid := ${uuidv7At}(now() - interval '24 months');
BEGIN
  FOR s IN SELECT * FROM audit.seals x ORDER BY x.id LOOP
    SELECT max(e.id::text)::uuid INTO epoch_start FROM ops.cluster_epoch e WHERE e.id < s.id AND EXISTS (SELECT FROM ops.cluster_epoch b WHERE b.id < e.id);
    SELECT min(e.id::text)::uuid INTO epoch_end FROM ops.cluster_epoch e WHERE e.id > s.id AND EXISTS (SELECT FROM ops.cluster_epoch b WHERE b.id < e.id);
    IF s.prev_hash IS DISTINCT FROM before.root_hash THEN
      RETURN QUERY SELECT s.id, CASE WHEN EXISTS (SELECT FROM audit.seals o WHERE o.root_hash = s.prev_hash) THEN 'fork' ELSE 'broken chain' END,
                          format('it does not follow %s', coalesce('seal ' || before.id::text, 'nothing, although it is the first'));
    END IF;
    IF before.id IS NOT NULL AND before.id >= coalesce(epoch_start, before.id) AND s.from_xid <> before.to_xid THEN
      RETURN QUERY SELECT s.id, CASE WHEN s.from_xid > before.to_xid THEN 'gap' ELSE 'overlap' END,
                          format('the seal before ends at transaction %s, this one begins at %s', before.to_xid, s.from_xid);
    END IF;
    before := s;
    CONTINUE WHEN s.from_id < archived AND NOT EXISTS (SELECT FROM audit.audit_log a WHERE a.id = s.from_id);${digestRows('s.from_xid', 's.to_xid')}
    IF counted <> s.row_count THEN
      RETURN QUERY SELECT s.id, CASE WHEN counted < s.row_count THEN 'rows missing' ELSE 'rows added' END, format('%s rows were sealed, %s are there', s.row_count, counted);
    ELSIF ${rootOf('s.prev_hash', 's.from_xid', 's.to_xid')} <> s.root_hash THEN
      RETURN QUERY SELECT s.id, 'row changed', format('%s rows are there as sealed, but not as they were', counted);
    END IF;
  END LOOP;
END `,
  comment:
    'What does not fit the seals of the audit log; no row when all does. Reads every sealed row, so run it at night. Of months that were archived, older than 24 months, only the chain is checked here; check their rows against the archive. What a seal that was made anew hides, only a copy of the seals elsewhere shows.',
  grants: [{ to: [momoAuditor, momoCompliance, momoWorker], privileges: ['execute'] }],
})
