import { jsonb, sql, text, uuid } from 'pgintent'
import { holds } from '../compliance/held.ts'
import { logAct } from '../compliance/log-act.ts'
import { can, currentMerchantId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { forgetParty } from '../money/forget-party.ts'
import { api, ops } from '../namespaces.ts'
import { momoApp, momoCompliance, momoRetention } from '../roles.ts'

export const eraseCustomer = definer(ops, 'erase_customer', {
  args: { customer_id: uuid(), reason: text() },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  c app.customers;
  hold text;
  keys bigint;
  transactions bigint;
BEGIN
  IF coalesce(length(reason), 0) < 3 THEN
    RAISE EXCEPTION 'an erasure needs a reason' USING ERRCODE = 'MM422', HINT = 'Say who asked for it, or which rule.';
  END IF;
  SELECT * INTO c FROM app.customers x WHERE x.id = erase_customer.customer_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such customer' USING ERRCODE = 'MM404';
  END IF;
  SELECT h.id::text INTO hold FROM app.legal_holds h
  WHERE ${holds({ merchant: sql`h.merchant_id = c.merchant_id`, table: 'app.customers', id: sql`c.id`, from: sql`c.created_at`, until: sql`now()` })}
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'legal hold % protects this customer', hold USING ERRCODE = 'MM423', HINT = 'Compliance lifts it, or it stays.';
  END IF;
  UPDATE app.encryption_keys k SET status = 'destroyed', wrapped_dek = NULL, destroyed_at = now()
  WHERE k.merchant_id = c.merchant_id AND k.subject_customer_id = c.id AND k.status <> 'destroyed';
  GET DIAGNOSTICS keys = ROW_COUNT;
  transactions := ${forgetParty(sql`c.merchant_id`, sql`c.id`, sql`c.msisdn_bidx`)};
  IF c.erased_at IS NULL THEN
    UPDATE app.customers x
    SET display_name_enc = NULL, msisdn_enc = NULL, msisdn_bidx = NULL, msisdn_last4 = NULL, email_enc = NULL, notes_enc = NULL,
        marketing_consent_at = NULL, erased_at = now(), deleted_at = coalesce(x.deleted_at, now())
    WHERE x.id = c.id;
    INSERT INTO app.sync_tombstones (merchant_id, table_name, row_id, reason) VALUES (c.merchant_id, 'customers', c.id, 'erased');
  END IF;
  UPDATE app.sync_conflicts s SET client_patch = '{}' WHERE s.merchant_id = c.merchant_id AND s.row_id = c.id AND s.client_patch <> '{}';
  PERFORM ${logAct(sql`'ERASE'`, sql`'app.customers'`, sql`ARRAY[c.id]`, sql`c.merchant_id`, sql`jsonb_build_object('reason', reason, 'keys_destroyed', keys, 'transactions', transactions)`)};
  RETURN jsonb_build_object('customer_id', c.id, 'keys_destroyed', keys, 'transactions', transactions);
END `,
  comment:
    'Erases a person: their columns, their own data key, so that no backup can be read either, what their transactions could be found by, also those of their number that name no customer, and their copies on phones. Amounts, times, ids and the customer_id stay. So does the number on a transaction, encrypted with the key of the merchant and in no index, until the financial records may go (retention class R1): the law that keeps those comes before the right to be forgotten. Refused while a legal hold protects them (MM423). Can be repeated.',
  grants: [{ to: [momoCompliance, momoRetention], privileges: ['execute'] }],
})

export const eraseOwnCustomer = definer(api, 'erase_customer', {
  args: { customer_id: uuid(), reason: text() },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
BEGIN
  IF NOT ${can('customer.erase')} THEN
    RAISE EXCEPTION 'this user may not erase customers' USING ERRCODE = '42501';
  END IF;
  IF NOT EXISTS (SELECT FROM app.customers c WHERE c.id = erase_customer.customer_id AND c.merchant_id = ${currentMerchantId()}) THEN
    RAISE EXCEPTION 'there is no such customer' USING ERRCODE = 'MM404';
  END IF;
  RETURN ${eraseCustomer(sql`erase_customer.customer_id`, sql`erase_customer.reason`)};
END `,
  comment: 'The same for the merchant of this request, for who may erase customers.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
