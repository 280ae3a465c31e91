import { sql, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoAuditWriter, momoRetention, momoWorker } from '../roles.ts'
import { uuidv7 } from '../uuid.ts'
import { digestRows, fixedText, rootOf } from './sealed-rows.ts'

export const sealAudit = definer(ops, 'seal_audit', {
  owner: momoAuditWriter,
  returns: uuid(),
  language: 'plpgsql',
  settings: fixedText,
  body: sql`
DECLARE
  last audit.seals;
  low xid8;
  high xid8;
  epoch_start uuid;
  epoch_end uuid;
  one record;
  digest bytea;
  counted bigint;
  first_id uuid;
  last_id uuid;
  sealed uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('ops.seal_audit', 0));
  -- After the wait: seals are in the order of their ids.
  sealed := ${uuidv7}();
  SELECT * INTO last FROM audit.seals s ORDER BY s.id DESC LIMIT 1;
  SELECT e.id INTO epoch_start FROM ops.cluster_epoch e WHERE e.id < sealed AND EXISTS (SELECT FROM ops.cluster_epoch b WHERE b.id < e.id) ORDER BY e.id DESC LIMIT 1;
  low := CASE WHEN last.id IS NULL OR last.id < epoch_start THEN '0'::xid8 ELSE last.to_xid END;
  -- Everything below has ended: what is visible of it now is all there will ever be.
  high := pg_snapshot_xmin(pg_current_snapshot());
  IF high <= low THEN
    RETURN NULL;
  END IF;${digestRows('low', 'high')}
  INSERT INTO audit.seals (id, prev_hash, root_hash, from_xid, to_xid, from_id, to_id, row_count)
  VALUES (sealed, last.root_hash, ${rootOf('last.root_hash', 'low', 'high')}, low, high, first_id, last_id, counted);
  RETURN sealed;
END `,
  comment:
    'Seals what was written to the audit log since the last seal, and returns the id of the seal; NULL when nothing has ended since. Call it every few minutes, and send the seals elsewhere: whoever owns this database could make them all anew. Uses the memory of one row.',
  grants: [{ to: [momoWorker, momoRetention], privileges: ['execute'] }],
})
