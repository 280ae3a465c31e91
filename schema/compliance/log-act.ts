import { jsonb, sql, text, uuid } from 'pgintent'
import { currentMerchantId } from '../context.ts'
import { contextHolds, signedSetting } from '../context-signature.ts'
import { definer } from '../lib/routines.ts'
import { audit } from '../namespaces.ts'
import { momoAuditWriter, momoOwner } from '../roles.ts'
import { uuidv7 } from '../uuid.ts'

export const logAct = definer(audit, 'log_act', {
  owner: momoAuditWriter,
  args: {
    op: text(),
    table_name: text(),
    row_ids: uuid().array(),
    merchant_id: uuid().default(sql`NULL::uuid`),
    data: jsonb().default(sql`NULL::jsonb`),
  },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
DECLARE signed boolean := ${contextHolds}();
BEGIN
  INSERT INTO audit.audit_log (id, merchant_id, actor_user_id, actor_device_id, db_role, effective_role, request_id, client_addr, app_name,
                               table_name, row_id, op, new_data, xid)
  SELECT ${uuidv7}(), coalesce(log_act.merchant_id, ${currentMerchantId}()), ${signedSetting('user')}, ${signedSetting('device')}, session_user,
         nullif(current_setting('role'), 'none'), ${signedSetting('request')}, inet_client_addr(),
         current_setting('application_name'), log_act.table_name, r, log_act.op, log_act.data, pg_current_xact_id()
  FROM unnest(log_act.row_ids) r;
END `,
  comment:
    'Writes to the audit log what no trigger sees: READ_EXPORT for ciphertext and keys that were handed out, ERASE and DECISION with their reason. One row for each row concerned.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})
