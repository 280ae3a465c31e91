import { bigint, bytea, jsonb, sql, sqlText, text, timestamptz, uuid } from 'pgintent'
import { currentMerchantId, currentUserId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoApp, momoLedger } from '../roles.ts'
import { uuidv7 } from '../uuid.ts'
import { answerOnce, beginOnce, digestOf } from './answer-once.ts'
import { feeOf } from './fee-of.ts'
import { withinLimit } from './limits.ts'
import { payoutCounts } from './late-success.ts'
import { takenFromSettlement } from './pay-settlement.ts'
import { requirePermission } from './require-permission.ts'

const request = sqlText(`jsonb_build_object(
    'account_id', request_payout.account_id, 'amount_minor', request_payout.amount_minor, 'destination_type', request_payout.destination_type,
    'destination_bidx', encode(request_payout.destination_bidx, 'hex'), 'destination_last4', request_payout.destination_last4,
    'scheduled_for', extract(epoch FROM request_payout.scheduled_for), 'settlement_id', request_payout.settlement_id)`)

export const requestPayout = definer(api, 'request_payout', {
  owner: momoLedger,
  args: {
    account_id: uuid(),
    amount_minor: bigint(),
    destination_type: text(),
    destination_enc: bytea(),
    destination_bidx: bytea(),
    destination_last4: text(),
    idempotency_key: text(),
    scheduled_for: timestamptz().default(sql`NULL::timestamp with time zone`),
    settlement_id: uuid().default(sql`NULL::uuid`),
  },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  merchant uuid := ${currentMerchantId}();
  made uuid := ${uuidv7}();
  asked bytea := ${digestOf(request)};
  known jsonb;
  account record;
  settlement record;
  fee bigint;
BEGIN
  PERFORM ${requirePermission}('payout.create');
  known := ${beginOnce}('request_payout', request_payout.idempotency_key, asked);
  IF known IS NOT NULL THEN
    RETURN known;
  END IF;

  SELECT a.currency, a.status INTO account FROM app.accounts a
  WHERE a.id = request_payout.account_id AND a.merchant_id = merchant AND a.kind IN ('merchant_wallet', 'merchant_settlement');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this merchant has no account % to pay out from', request_payout.account_id
      USING ERRCODE = 'MM404', HINT = 'Give its wallet or its settlement account.';
  ELSIF account.status <> 'open' THEN
    RAISE EXCEPTION 'account % is %', request_payout.account_id, account.status
      USING ERRCODE = 'MM422', HINT = 'Nothing leaves it until it is open again.';
  ELSIF request_payout.amount_minor IS NULL OR request_payout.amount_minor <= 0 THEN
    RAISE EXCEPTION 'the amount is not above zero' USING ERRCODE = 'MM422', HINT = 'Give it in minor units of the currency.';
  ELSIF request_payout.scheduled_for <= now() THEN
    RAISE EXCEPTION 'the time of the payout is past'
      USING ERRCODE = 'MM422', HINT = 'Give a later scheduled_for, or none for as soon as it is approved.';
  ELSIF NOT ${withinLimit}('payout.create', request_payout.amount_minor, account.currency) THEN
    RAISE EXCEPTION 'this is more than you may pay out at once' USING ERRCODE = 'MM403', HINT = 'Ask somebody with a higher limit.';
  END IF;
  fee := ${feeOf}(merchant, 'payout', account.currency, request_payout.amount_minor);
  IF request_payout.settlement_id IS NOT NULL THEN
    SELECT s.id, s.merchant_id, s.account_id, s.status, s.net_minor INTO settlement FROM app.settlements s
    WHERE s.merchant_id = merchant AND s.id = request_payout.settlement_id FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'this merchant has no settlement %', request_payout.settlement_id
        USING ERRCODE = 'MM404', HINT = 'Give a settlement of this merchant.';
    ELSIF settlement.account_id <> request_payout.account_id OR settlement.status <> 'closed' THEN
      RAISE EXCEPTION 'this is not what the settlement has to be paid' USING ERRCODE = 'MM422', HINT = 'Pay a closed one, from its account.';
    ELSIF request_payout.amount_minor + fee > settlement.net_minor - ${takenFromSettlement('settlement', payoutCounts)} THEN
      RAISE EXCEPTION 'the settlement has less left to be paid'
        USING ERRCODE = 'MM422', HINT = 'Pay at most its net amount, the fee and its other payouts included. What waits for approval counts.';
    END IF;
  END IF;

  INSERT INTO app.payouts (id, merchant_id, settlement_id, account_id, destination_type, destination_enc, destination_bidx, destination_last4,
                           amount_minor, fee_minor, currency, requested_by, scheduled_for)
  VALUES (made, merchant, request_payout.settlement_id, request_payout.account_id, request_payout.destination_type, request_payout.destination_enc,
          request_payout.destination_bidx, request_payout.destination_last4, request_payout.amount_minor, fee, account.currency, ${currentUserId}(),
          request_payout.scheduled_for);
  RETURN ${answerOnce}('request_payout', request_payout.idempotency_key, asked,
    jsonb_build_object('payout_id', made, 'status', 'requested', 'fee_minor', fee), NULL);
END `,
  comment: 'Asks for money of an account to be paid out, once for each idempotency key. Nothing is held until api.approve_payout().',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
