import { sql } from 'pgintent'
import { currentDeviceId, currentUserId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger, momoOwner } from '../roles.ts'

export const recordStatus = definer(app, 'record_status', {
  owner: momoLedger,
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  INSERT INTO app.transaction_status_history (merchant_id, transaction_id, from_status, to_status, source, actor_user_id, reason)
  VALUES (NEW.merchant_id, NEW.id, OLD.status, NEW.status,
          coalesce(nullif(current_setting('app.source', true), ''), CASE WHEN ${currentDeviceId}() IS NULL THEN 'system' ELSE 'device' END),
          ${currentUserId}(), NEW.failure_reason);
  RETURN NULL;
END `,
  comment: 'Writes the history of a status. Callers say where a change came from with the setting app.source.',
  // Attaching a partition copies the trigger, which asks whether the owner of the table may call it.
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})
