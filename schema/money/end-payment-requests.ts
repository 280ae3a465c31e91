import { integer, jsonb, sql, uuid } from 'pgintent'
import { currentMerchantId, currentOutletId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { api, ops } from '../namespaces.ts'
import { momoApp, momoLedger, momoWorker } from '../roles.ts'
import { requirePermission } from './require-permission.ts'

export const expirePaymentRequests = definer(ops, 'expire_payment_requests', {
  owner: momoLedger,
  args: { most: integer() },
  returns: integer(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE expired int;
BEGIN
  UPDATE app.payment_requests p SET status = 'expired'
  WHERE p.id = ANY (ARRAY(SELECT d.id FROM app.payment_requests d WHERE d.status = 'open' AND d.expires_at <= now()
                          ORDER BY d.expires_at LIMIT expire_payment_requests.most FOR NO KEY UPDATE SKIP LOCKED));
  GET DIAGNOSTICS expired = ROW_COUNT;
  RETURN expired;
END `,
  comment: 'Expires payment requests whose time is over. The result is how many.',
  grants: [{ to: momoWorker, privileges: ['execute'] }],
})

export const cancelPaymentRequest = definer(api, 'cancel_payment_request', {
  owner: momoLedger,
  args: { id: uuid() },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE stands text;
BEGIN
  PERFORM ${requirePermission}('payment_request.create');
  SELECT p.status INTO stands FROM app.payment_requests p
  WHERE p.id = cancel_payment_request.id AND p.merchant_id = ${currentMerchantId}() AND p.deleted_at IS NULL
    AND (${currentOutletId}() IS NULL OR p.outlet_id = ${currentOutletId}())
  FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this merchant has no payment request %', cancel_payment_request.id
      USING ERRCODE = 'MM404', HINT = 'Give a payment request of this merchant that you can see.';
  ELSIF stands = 'open' THEN
    UPDATE app.payment_requests p SET status = 'cancelled' WHERE p.id = cancel_payment_request.id;
  ELSIF stands <> 'cancelled' THEN
    RAISE EXCEPTION 'the payment request is % already', stands USING ERRCODE = 'MM410', HINT = 'Refund what was paid on it.';
  END IF;
  RETURN jsonb_build_object('payment_request_id', cancel_payment_request.id, 'status', 'cancelled', 'changed', stands = 'open');
END `,
  comment: 'Withdraws a payment request that is open. A payment that its payer is just making still counts as one, without it.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
