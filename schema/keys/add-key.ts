import { boolean, bytea, integer, sql, text, uuid } from 'pgintent'
import { can, currentMerchantId } from '../context.ts'
import { definer, internal } from '../lib/routines.ts'
import { api, app, ops } from '../namespaces.ts'
import { momoApp, momoOwner, momoWorker } from '../roles.ts'

// A data key is made and wrapped by a program that has the key service (momo/client/data-key.ts); the database is given the wrapped
// key and never the key. Its id is in every value it encrypts, so the program makes that too.

/** Only for the functions below: it asks nobody's permission. */
const storeKey = internal(app, 'store_key', {
  args: { key_id: uuid(), merchant_id: uuid(), customer_id: uuid(), purpose: text(), kek_ref: text(), wrapped_dek: bytea() },
  returns: integer(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE number int;
BEGIN
  IF coalesce(length(store_key.kek_ref), 0) = 0 OR coalesce(octet_length(store_key.wrapped_dek), 0) < 32 THEN
    RAISE EXCEPTION 'this is no wrapped data key' USING ERRCODE = 'MM422', HINT = 'Give what the key service made of it, and the key it is wrapped with.';
  END IF;
  -- Two at once would both be of the next generation.
  PERFORM pg_advisory_xact_lock(hashtextextended(concat_ws(' ', 'app.encryption_keys', store_key.merchant_id, store_key.customer_id, store_key.purpose), 0));
  SELECT coalesce(max(k.generation), 0) + 1 INTO number FROM app.encryption_keys k
  WHERE k.merchant_id IS NOT DISTINCT FROM store_key.merchant_id AND k.subject_customer_id IS NOT DISTINCT FROM store_key.customer_id AND k.purpose = store_key.purpose;
  INSERT INTO app.encryption_keys (id, merchant_id, subject_customer_id, purpose, kek_ref, wrapped_dek, generation)
  VALUES (store_key.key_id, store_key.merchant_id, store_key.customer_id, store_key.purpose, store_key.kek_ref, store_key.wrapped_dek, number);
  RETURN number;
END `,
  comment: 'Stores a wrapped data key as the next generation of its kind.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})

export const addKey = definer(ops, 'add_key', {
  args: { key_id: uuid(), merchant_id: uuid(), purpose: text(), kek_ref: text(), wrapped_dek: bytea() },
  returns: integer(),
  language: 'plpgsql',
  body: sql`
BEGIN
  IF add_key.merchant_id IS NOT NULL AND NOT EXISTS (SELECT FROM app.merchants m WHERE m.id = add_key.merchant_id AND m.status <> 'closed') THEN
    RAISE EXCEPTION 'there is no merchant % that is not closed', add_key.merchant_id USING ERRCODE = 'MM404';
  END IF;
  RETURN ${storeKey(sql`add_key.key_id`, sql`add_key.merchant_id`, sql`NULL`, sql`add_key.purpose`, sql`add_key.kek_ref`, sql`add_key.wrapped_dek`)};
END `,
  comment:
    'Takes a new wrapped data key of a merchant, or with NULL of the whole system, and returns its generation. The one before stays active until ops.retire_key(); the newest is the one to encrypt with.',
  grants: [{ to: momoWorker, privileges: ['execute'] }],
})

export const addCustomerKey = definer(api, 'add_customer_key', {
  args: { key_id: uuid(), customer_id: uuid(), kek_ref: text(), wrapped_dek: bytea() },
  returns: integer(),
  language: 'plpgsql',
  body: sql`
DECLARE
  merchant uuid := ${currentMerchantId()};
  number int;
BEGIN
  IF NOT ${can('customer.manage')} THEN
    RAISE EXCEPTION 'this user may not change customers' USING ERRCODE = '42501';
  END IF;
  PERFORM FROM app.customers c WHERE c.merchant_id = merchant AND c.id = add_customer_key.customer_id AND c.erased_at IS NULL AND c.deleted_at IS NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this merchant has no customer %', add_customer_key.customer_id USING ERRCODE = 'MM404', HINT = 'Insert the customer first, in the same transaction.';
  END IF;
  number := ${storeKey(sql`add_customer_key.key_id`, sql`merchant`, sql`add_customer_key.customer_id`, sql`'pii'`, sql`add_customer_key.kek_ref`, sql`add_customer_key.wrapped_dek`)};
  UPDATE app.customers c SET dek_id = add_customer_key.key_id WHERE c.id = add_customer_key.customer_id;
  RETURN number;
END `,
  comment:
    "Takes a wrapped data key that protects one customer alone, and returns its generation: what is encrypted with it is gone from backups too when ops.erase_customer() destroys it. Not for the customer's transactions, which outlive it.",
  grants: [{ to: momoApp, privileges: ['execute'] }],
})

export const rewrapKey = definer(ops, 'rewrap_key', {
  args: { key_id: uuid(), old_wrapped: bytea(), kek_ref: text(), wrapped_dek: bytea() },
  returns: boolean(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
BEGIN
  UPDATE app.encryption_keys k SET kek_ref = rewrap_key.kek_ref, wrapped_dek = rewrap_key.wrapped_dek
  WHERE k.id = rewrap_key.key_id AND k.wrapped_dek = rewrap_key.old_wrapped AND octet_length(rewrap_key.wrapped_dek) >= 32;
  RETURN FOUND;
END `,
  comment: 'The same data key, wrapped by another key of the key service; what it encrypted stays as it is. False when it has changed, or was destroyed, meanwhile.',
  grants: [{ to: momoWorker, privileges: ['execute'] }],
})
