import { bigint, jsonb, sql, sqlText, text, uuid } from 'pgintent'
import { currentDeviceId, currentMerchantId, currentOutletId, currentUserId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoApp, momoLedger } from '../roles.ts'
import { uuidv7 } from '../uuid.ts'
import { answerOnce, beginOnce, digestOf } from './answer-once.ts'
import { checkNewId } from './check-new-id.ts'
import { mayRefund } from './may-refund.ts'
import { refundCounts } from './late-success.ts'
import { requirePermission } from './require-permission.ts'
import { startRefund } from './start-refund.ts'

const request = sqlText(`jsonb_build_object(
    'original_transaction_id', create_refund.original_transaction_id, 'amount_minor', create_refund.amount_minor, 'reason', create_refund.reason)`)

export const createRefund = definer(api, 'create_refund', {
  owner: momoLedger,
  args: {
    original_transaction_id: uuid(),
    amount_minor: bigint(),
    reason: text(),
    idempotency_key: text(),
    id: uuid().default(sql`NULL::uuid`),
  },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  merchant uuid := ${currentMerchantId}();
  asked bytea := ${digestOf(request)};
  known jsonb;
  original record;
  given_back bigint;
  alone boolean;
  reference_id uuid;
BEGIN
  PERFORM ${requirePermission}('transaction.refund');
  known := ${beginOnce}('create_refund', create_refund.idempotency_key, asked);
  IF known IS NOT NULL THEN
    RETURN known;
  END IF;
  create_refund.id := coalesce(create_refund.id, ${uuidv7}());
  PERFORM ${checkNewId}(create_refund.id);

  -- The lock on the original makes refunds of it wait for each other, so that their sum is true.
  SELECT t.type, t.status, t.amount_minor, t.currency INTO original FROM app.transactions t
  WHERE t.id = create_refund.original_transaction_id AND t.merchant_id = merchant
    AND (${currentOutletId}() IS NULL OR t.outlet_id = ${currentOutletId}())
  FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this merchant has no transaction %', create_refund.original_transaction_id
      USING ERRCODE = 'MM404', HINT = 'Give a transaction of this merchant that you can see.';
  ELSIF original.type <> 'collection' OR original.status <> 'successful' THEN
    RAISE EXCEPTION 'a % that is % cannot be refunded', original.type, original.status
      USING ERRCODE = 'MM422', HINT = 'Refund a collection that was successful.';
  ELSIF create_refund.amount_minor IS NULL OR create_refund.amount_minor <= 0 THEN
    RAISE EXCEPTION 'the amount is not above zero' USING ERRCODE = 'MM422', HINT = 'Give it in minor units of the currency.';
  ELSIF create_refund.reason IS NULL OR length(create_refund.reason) NOT BETWEEN 1 AND 200 THEN
    RAISE EXCEPTION 'the reason has not 1 to 200 characters' USING ERRCODE = 'MM422', HINT = 'Say why the money is given back.';
  END IF;
  SELECT coalesce(sum(r.amount_minor), 0)::bigint INTO given_back FROM app.refunds r
  WHERE r.merchant_id = merchant AND r.original_transaction_id = create_refund.original_transaction_id AND ${refundCounts};
  IF create_refund.amount_minor > original.amount_minor - given_back THEN
    RAISE EXCEPTION 'of transaction % only % is left to be refunded', create_refund.original_transaction_id, original.amount_minor - given_back
      USING ERRCODE = 'MM422', CONSTRAINT = 'refunds_within_original', HINT = 'Refund at most that, in minor units. What waits for approval counts.';
  END IF;

  alone := ${mayRefund}(create_refund.original_transaction_id, create_refund.amount_minor, original.currency);
  INSERT INTO app.refunds (id, merchant_id, original_transaction_id, amount_minor, currency, reason, requested_by, origin_device_id)
  VALUES (create_refund.id, merchant, create_refund.original_transaction_id, create_refund.amount_minor, original.currency, create_refund.reason,
          ${currentUserId}(), ${currentDeviceId}())
  ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the id % is taken', create_refund.id USING ERRCODE = 'MM409', HINT = 'Make a new id and keep the idempotency key.';
  END IF;
  IF alone THEN
    reference_id := ${startRefund}(create_refund.id);
  END IF;
  RETURN (
    SELECT ${answerOnce}('create_refund', create_refund.idempotency_key, asked,
      jsonb_build_object('refund_id', r.id, 'status', r.status, 'refund_transaction_id', r.refund_transaction_id, 'x_reference_id', reference_id),
      r.refund_transaction_id)
    FROM app.refunds r WHERE r.id = create_refund.id);
END `,
  comment:
    'Gives money of a collection back, all of it or a part, once for each idempotency key. Above the limit of who asks, for one refund, one original or one day, it waits for api.approve_refund().',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
