import { bytea, integer, sql, text, uuid } from 'pgintent'
import { can, currentMerchantId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoApp } from '../roles.ts'
import { logAct } from './log-act.ts'

export const dataKeys = definer(api, 'data_keys', {
  args: { purpose: text(), customer_id: uuid().default(sql`NULL::uuid`) },
  returns: { table: { key_id: uuid(), scope: text(), kek_ref: text(), wrapped_dek: bytea(), algorithm: text(), generation: integer(), status: text() } },
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  merchant uuid := ${currentMerchantId()};
  ids uuid[];
BEGIN
  IF merchant IS NULL THEN
    RAISE EXCEPTION 'no request has begun' USING ERRCODE = '42501', HINT = 'Call api.begin_request() first in every transaction.';
  ELSIF data_keys.purpose IS NULL OR data_keys.purpose NOT IN ('pii', 'kyc', 'blind_index') THEN
    RAISE EXCEPTION 'keys for "%" are not handed out', data_keys.purpose USING ERRCODE = 'MM422', HINT = 'Ask for pii, kyc or blind_index.';
  ELSIF data_keys.purpose = 'kyc' AND NOT ${can('kyc.manage')} THEN
    RAISE EXCEPTION 'this user may not see identity documents' USING ERRCODE = '42501';
  ELSIF data_keys.purpose <> 'kyc' AND NOT ${can('pii.view')} THEN
    RAISE EXCEPTION 'this user may not see personal data' USING ERRCODE = '42501', HINT = 'An owner of the merchant gives the permission pii.view with a role.';
  END IF;
  SELECT array_agg(k.id) INTO ids FROM app.encryption_keys k
  WHERE k.purpose = data_keys.purpose AND k.status <> 'destroyed'
    AND CASE WHEN data_keys.customer_id IS NULL THEN k.subject_customer_id IS NULL AND (k.merchant_id = merchant OR k.merchant_id IS NULL)
             ELSE k.merchant_id = merchant AND k.subject_customer_id = data_keys.customer_id END;
  PERFORM ${logAct(sql`'READ_EXPORT'`, sql`'app.encryption_keys'`, sql`ids`)};
  RETURN QUERY
    SELECT k.id, CASE WHEN k.merchant_id IS NULL THEN 'system' WHEN k.subject_customer_id IS NULL THEN 'merchant' ELSE 'customer' END,
           k.kek_ref, k.wrapped_dek, k.algorithm, k.generation, k.status::text
    FROM app.encryption_keys k WHERE k.id = ANY (ids) ORDER BY 2, k.generation DESC;
END `,
  comment:
    "The wrapped data keys of the merchant of this request: its own and the system's, or with customer_id that customer's alone, for who may see personal data (pii.view; kyc.manage for documents). The first active one of a scope encrypts, all of them decrypt. Every key handed out is in the audit log as READ_EXPORT. Without the key service they are of no use.",
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
