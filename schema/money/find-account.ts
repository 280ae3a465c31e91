import { sql, text, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

export const walletOf = internal(app, 'wallet_of', {
  owner: momoLedger,
  args: { merchant_id: uuid(), currency: text() },
  returns: uuid(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
#variable_conflict use_column
DECLARE found_id uuid;
BEGIN
  SELECT a.id INTO found_id FROM app.accounts a
  WHERE a.merchant_id = wallet_of.merchant_id AND a.kind = 'merchant_wallet' AND a.currency = wallet_of.currency AND a.shard = 0;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this merchant has no wallet in %', wallet_of.currency
      USING ERRCODE = 'MM404', HINT = 'Open its accounts with ops.open_accounts().';
  END IF;
  RETURN found_id;
END `,
  comment: 'The wallet of a merchant in a currency, whatever its status; MM404 when there is none.',
})

export const openWalletOf = internal(app, 'open_wallet_of', {
  owner: momoLedger,
  args: { merchant_id: uuid(), currency: text() },
  returns: uuid(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
#variable_conflict use_column
DECLARE wallet record;
BEGIN
  SELECT a.id, a.status INTO wallet FROM app.accounts a
  WHERE a.merchant_id = open_wallet_of.merchant_id AND a.kind = 'merchant_wallet' AND a.currency = open_wallet_of.currency AND a.shard = 0;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this merchant has no wallet in %', open_wallet_of.currency USING ERRCODE = 'MM404', HINT = 'Open its accounts with ops.open_accounts().';
  ELSIF wallet.status <> 'open' THEN
    RAISE EXCEPTION 'account % is %', wallet.id, wallet.status USING ERRCODE = 'MM422', HINT = 'Nothing new is begun on it until it is open again.';
  END IF;
  RETURN wallet.id;
END `,
  comment: 'The same, for what begins now: MM422 when it is frozen or closed.',
})

export const systemAccount = internal(app, 'system_account', {
  owner: momoLedger,
  args: { kind: text(), currency: text(), transaction_id: uuid() },
  returns: uuid(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
#variable_conflict use_column
DECLARE found_id uuid;
BEGIN
  SELECT a.id INTO found_id FROM app.accounts a
  WHERE a.merchant_id IS NULL AND a.kind = system_account.kind AND a.currency = system_account.currency
    AND a.shard = uuid_hash_extended(system_account.transaction_id, 0) & 15;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no % account in %', system_account.kind, system_account.currency
      USING ERRCODE = 'MM404', HINT = 'Open the accounts of the system with ops.open_system_accounts().';
  END IF;
  RETURN found_id;
END `,
  comment: 'The account of the system that a transaction goes through: one of 16, chosen by its id, so that all sales do not wait for one row.',
})
