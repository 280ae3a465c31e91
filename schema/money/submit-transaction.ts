import { bigint, boolean, bytea, jsonb, sql, sqlText, text, timestamptz, uuid } from 'pgintent'
import { currentDeviceId, currentMerchantId, currentOutletId, currentUserId } from '../context.ts'
import { definer, plannedOnce } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoApp, momoLedger } from '../roles.ts'
import { uuidv7 } from '../uuid.ts'
import { answerOnce, beginOnce, digestOf } from './answer-once.ts'
import { checkNewId } from './check-new-id.ts'
import { claimPaymentRequest } from './claim-payment-request.ts'
import { feeOf } from './fee-of.ts'
import { holdFunds } from './hold-funds.ts'
import { openWalletOf } from './find-account.ts'
import { nameAtProvider } from './name-at-provider.ts'
import { providerEnvironment } from './provider-environment.ts'
import { withinLimit } from './limits.ts'
import { requirePermission } from './require-permission.ts'

const noText = () => text().default(sql`NULL::text`)
const noBytes = () => bytea().default(sql`NULL::bytea`)
const noId = () => uuid().default(sql`NULL::uuid`)
const noTime = () => timestamptz().default(sql`NULL::timestamp with time zone`)

/** What the key stands for; digestOf() says what it must not hold. */
const request = sqlText(
  `jsonb_build_object(${[
    ...['type', 'amount_minor', 'currency', 'payer_party_type', 'payer_last4', 'payee_party_type', 'payee_last4', 'reference', 'outlet_id', 'customer_id'].map(plain),
    ...['payment_request_id', 'is_offline', 'metadata'].map(plain),
    ...['payer_bidx', 'payee_bidx'].map((a) => `'${a}', encode(submit_transaction.${a}, 'hex')`),
    ...['captured_at', 'expires_at'].map((a) => `'${a}', extract(epoch FROM submit_transaction.${a})`),
  ].join(', ')})`,
)

function plain(argument: string): string {
  return `'${argument}', submit_transaction.${argument}`
}

export const submitTransaction = definer(api, 'submit_transaction', {
  owner: momoLedger,
  args: {
    id: uuid(),
    idempotency_key: text(),
    type: text(),
    amount_minor: bigint(),
    currency: text(),
    payer_party_type: noText(),
    payer_enc: noBytes(),
    payer_bidx: noBytes(),
    payer_last4: noText(),
    payee_party_type: noText(),
    payee_enc: noBytes(),
    payee_bidx: noBytes(),
    payee_last4: noText(),
    payer_message_enc: noBytes(),
    payee_note_enc: noBytes(),
    reference: noText(),
    outlet_id: noId(),
    customer_id: noId(),
    payment_request_id: noId(),
    captured_at: noTime(),
    is_offline: boolean().default(false),
    metadata: jsonb().default({}),
    expires_at: noTime(),
  },
  returns: jsonb(),
  language: 'plpgsql',
  settings: plannedOnce,
  body: sql`
#variable_conflict use_column
DECLARE
  merchant uuid := ${currentMerchantId}();
  outlet uuid := coalesce(submit_transaction.outlet_id, ${currentOutletId}());
  asked bytea := ${digestOf(request)};
  known jsonb;
  wallet uuid;
  fee bigint;
  outgoing boolean;
  reference_id uuid;
BEGIN
  PERFORM ${requirePermission}('transaction.create');
  known := ${beginOnce}('submit_transaction', submit_transaction.idempotency_key, asked);
  IF known IS NOT NULL THEN
    RETURN known;
  END IF;

  submit_transaction.id := coalesce(submit_transaction.id, ${uuidv7}());
  PERFORM ${checkNewId}(submit_transaction.id);
  IF submit_transaction.type IS NULL OR submit_transaction.type <> ALL (ARRAY['collection', 'deposit', 'disbursement', 'withdrawal']) THEN
    RAISE EXCEPTION 'a % is not submitted', coalesce(submit_transaction.type, 'transaction without a type')
      USING ERRCODE = 'MM422', HINT = 'Submit a collection, deposit, disbursement or withdrawal; refunds and payouts have functions of their own.';
  ELSIF submit_transaction.amount_minor IS NULL OR submit_transaction.amount_minor <= 0 THEN
    RAISE EXCEPTION 'the amount is not above zero' USING ERRCODE = 'MM422', HINT = 'Give it in minor units of the currency.';
  ELSIF NOT EXISTS (SELECT FROM app.currencies c WHERE c.code = submit_transaction.currency AND c.is_active) THEN
    RAISE EXCEPTION 'no business is done in the currency %', submit_transaction.currency
      USING ERRCODE = 'MM422', HINT = 'Give the ISO 4217 letters of an active currency.';
  ELSIF submit_transaction.expires_at <= now() THEN
    RAISE EXCEPTION 'it would have expired already' USING ERRCODE = 'MM422', HINT = 'Give a later expires_at, or none.';
  ELSIF NOT ${withinLimit}('transaction.create', submit_transaction.amount_minor, submit_transaction.currency) THEN
    RAISE EXCEPTION 'this is more than you may move at once' USING ERRCODE = 'MM403', HINT = 'Ask somebody with a higher limit.';
  ELSIF ${currentOutletId}() <> outlet THEN
    RAISE EXCEPTION 'you work for another outlet' USING ERRCODE = '42501', HINT = 'Leave the outlet out, or give your own.';
  ELSIF outlet IS NOT NULL AND NOT EXISTS (SELECT FROM app.outlets o WHERE o.merchant_id = merchant AND o.id = outlet AND o.deleted_at IS NULL) THEN
    RAISE EXCEPTION 'this merchant has no outlet %', outlet USING ERRCODE = 'MM404', HINT = 'Give an outlet of this merchant.';
  ELSIF submit_transaction.customer_id IS NOT NULL AND NOT EXISTS (
          SELECT FROM app.customers c WHERE c.merchant_id = merchant AND c.id = submit_transaction.customer_id AND c.deleted_at IS NULL) THEN
    RAISE EXCEPTION 'this merchant has no customer %', submit_transaction.customer_id
      USING ERRCODE = 'MM404', HINT = 'Give a customer of this merchant.';
  END IF;
  outgoing := submit_transaction.type IN ('disbursement', 'withdrawal');

  IF submit_transaction.payment_request_id IS NOT NULL THEN
    PERFORM ${claimPaymentRequest}(submit_transaction.payment_request_id, submit_transaction.type, submit_transaction.amount_minor, submit_transaction.currency);
  END IF;
  wallet := ${openWalletOf}(merchant, submit_transaction.currency);
  fee := ${feeOf}(merchant, submit_transaction.type, submit_transaction.currency, submit_transaction.amount_minor);
  IF NOT outgoing AND fee > submit_transaction.amount_minor THEN
    RAISE EXCEPTION 'the fee is more than the amount' USING ERRCODE = 'MM422', HINT = 'Move more at once.';
  END IF;

  INSERT INTO app.transactions (id, merchant_id, outlet_id, customer_id, device_id, initiated_by, type, status, direction, amount_minor, fee_minor, currency,
                                payer_party_type, payer_enc, payer_bidx, payer_last4, payee_party_type, payee_enc, payee_bidx, payee_last4,
                                payer_message_enc, payee_note_enc, reference, payment_request_id, captured_at, expires_at, is_offline, metadata, origin_device_id)
  VALUES (submit_transaction.id, merchant, outlet, submit_transaction.customer_id, ${currentDeviceId}(), ${currentUserId}(), submit_transaction.type, 'pending',
          CASE WHEN outgoing THEN 'out' ELSE 'in' END, submit_transaction.amount_minor, fee, submit_transaction.currency,
          submit_transaction.payer_party_type, submit_transaction.payer_enc, submit_transaction.payer_bidx, submit_transaction.payer_last4,
          submit_transaction.payee_party_type, submit_transaction.payee_enc, submit_transaction.payee_bidx, submit_transaction.payee_last4,
          submit_transaction.payer_message_enc, submit_transaction.payee_note_enc, submit_transaction.reference, submit_transaction.payment_request_id,
          submit_transaction.captured_at, submit_transaction.expires_at, coalesce(submit_transaction.is_offline, false), coalesce(submit_transaction.metadata, '{}'),
          ${currentDeviceId}())
  ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the id % is taken', submit_transaction.id USING ERRCODE = 'MM409', HINT = 'Make a new id and keep the idempotency key.';
  END IF;
  IF outgoing THEN
    PERFORM ${holdFunds}(wallet, submit_transaction.amount_minor + fee);
  END IF;
  reference_id := ${nameAtProvider}(submit_transaction.id, 'mtn_momo', ${providerEnvironment}('mtn_momo', merchant));

  RETURN ${answerOnce}('submit_transaction', submit_transaction.idempotency_key, asked,
    jsonb_build_object('transaction_id', submit_transaction.id, 'status', 'pending', 'x_reference_id', reference_id, 'fee_minor', fee),
    submit_transaction.id);
END `,
  comment: 'Takes a movement of money to be made, once for each idempotency key: holds what goes out, and names it for the provider, whom the worker calls afterwards.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
