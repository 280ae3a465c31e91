import { sql, text, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoMigrator, momoWorker } from '../roles.ts'

export const openAccounts = definer(ops, 'open_accounts', {
  args: { merchant_id: uuid() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE own text;
BEGIN
  SELECT m.default_currency INTO own FROM app.merchants m WHERE m.id = open_accounts.merchant_id AND m.status <> 'closed';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no merchant % that is not closed', open_accounts.merchant_id
      USING ERRCODE = 'MM404', HINT = 'Insert the merchant first.';
  END IF;
  INSERT INTO app.accounts (merchant_id, kind, currency, normal_side)
  SELECT open_accounts.merchant_id, k, own, 'credit' FROM unnest(ARRAY['merchant_wallet', 'merchant_pending', 'merchant_settlement']) k
  ON CONFLICT (merchant_id, kind, currency, shard) DO NOTHING;
END `,
  comment: 'Opens the accounts of a merchant in its default currency, those it does not have yet.',
  grants: [{ to: [momoMigrator, momoWorker], privileges: ['execute'] }],
})

export const openSystemAccounts = definer(ops, 'open_system_accounts', {
  args: { currency: text() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
BEGIN
  -- What a shard lost another one has, so those that money leaves again may each go below zero.
  INSERT INTO app.accounts (kind, currency, normal_side, allow_negative, shard)
  SELECT k.kind, open_system_accounts.currency, k.side, k.negative, s
  FROM (VALUES ('provider_float', 'debit', true), ('fee_income', 'credit', false), ('suspense', 'credit', true),
               ('customer_clearing', 'credit', true)) k (kind, side, negative),
       generate_series(0, 15) s
  ON CONFLICT (merchant_id, kind, currency, shard) DO NOTHING;
END `,
  comment: 'Opens the accounts of the system in a currency, 16 of each kind, those that are not there yet.',
  grants: [{ to: [momoMigrator, momoWorker], privileges: ['execute'] }],
})
