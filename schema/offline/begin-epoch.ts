import { sql, text, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoMigrator } from '../roles.ts'
import { streamNames } from './streams.ts'

// For momo_migrator as itself: it alone may update every table that is synced.
export const beginEpoch = internal(ops, 'begin_epoch', {
  args: { reason: text() },
  returns: uuid(),
  language: 'plpgsql',
  settings: { search_path: ['pg_catalog', 'pg_temp'] },
  body: sql`
DECLARE
  begun uuid;
  stamped text;
BEGIN
  INSERT INTO ops.cluster_epoch (reason) VALUES (begin_epoch.reason) RETURNING epoch INTO begun;
  FOREACH stamped IN ARRAY ARRAY[${[...streamNames, 'sync_tombstones']}] LOOP
    -- The trigger stamps them with this transaction; what is written here only makes it fire.
    EXECUTE format('UPDATE app.%I SET sync_xid = pg_current_xact_id() WHERE sync_xid > pg_current_xact_id()', stamped);
  END LOOP;
  RETURN begun;
END `,
  comment:
    'Begins a new sync epoch: after a logical restore, before phones are let in. Rows that bear transaction ids which this server has not reached are stamped anew, or no phone would ever get them.',
  grants: [{ to: momoMigrator, privileges: ['execute'] }],
})
