import { bigint, sql, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

export const holdFunds = internal(app, 'hold_funds', {
  owner: momoLedger,
  args: { account_id: uuid(), amount_minor: bigint() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
DECLARE account record;
BEGIN
  SELECT a.status, a.allow_negative, a.balance_minor - a.held_minor AS available INTO account
  FROM app.accounts a WHERE a.id = hold_funds.account_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no account %', hold_funds.account_id USING ERRCODE = 'MM404', HINT = 'Open accounts with ops.open_accounts().';
  ELSIF account.status <> 'open' THEN
    RAISE EXCEPTION 'account % is %', hold_funds.account_id, account.status
      USING ERRCODE = 'MM422', HINT = 'Nothing leaves it until it is open again.';
  ELSIF NOT account.allow_negative AND account.available < hold_funds.amount_minor THEN
    RAISE EXCEPTION 'account % has less available than this takes', hold_funds.account_id
      USING ERRCODE = 'MM402', HINT = 'What it takes is the amount and its fee. Wait until there is money, or move less.';
  END IF;
  UPDATE app.accounts a SET held_minor = a.held_minor + hold_funds.amount_minor WHERE a.id = hold_funds.account_id;
END `,
  comment: 'Promises money of an account to a transaction that is pending, amount and fee; MM402 when it has less.',
})
