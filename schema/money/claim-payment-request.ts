import { bigint, sql, text, uuid } from 'pgintent'
import { currentMerchantId, currentOutletId } from '../context.ts'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

/**
 * The lock on the request makes those who collect on it wait for each other; the collection that is inserted under it is what the
 * next one finds. One that failed or expired is in nobody's way: should its money come after all, it goes to suspense.
 */
export const claimPaymentRequest = internal(app, 'claim_payment_request', {
  owner: momoLedger,
  args: { id: uuid(), type: text(), amount_minor: bigint(), currency: text() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE asked record;
BEGIN
  SELECT p.status, p.amount_minor, p.currency, p.expires_at INTO asked FROM app.payment_requests p
  WHERE p.merchant_id = ${currentMerchantId}() AND p.id = claim_payment_request.id AND p.deleted_at IS NULL
    AND (${currentOutletId}() IS NULL OR p.outlet_id = ${currentOutletId}())
  FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this merchant has no payment request %', claim_payment_request.id
      USING ERRCODE = 'MM404', HINT = 'Give a payment request of this merchant.';
  ELSIF asked.status <> 'open' OR asked.expires_at <= now() THEN
    RAISE EXCEPTION 'the payment request is %', CASE asked.status WHEN 'open' THEN 'expired' ELSE asked.status END
      USING ERRCODE = 'MM410', HINT = 'Make a new one.';
  ELSIF claim_payment_request.type <> 'collection' OR asked.currency <> claim_payment_request.currency
        OR asked.amount_minor <> claim_payment_request.amount_minor THEN
    RAISE EXCEPTION 'this is not what the payment request asks for' USING ERRCODE = 'MM422', HINT = 'Collect its amount in its currency.';
  ELSIF EXISTS (SELECT FROM app.transactions t
                WHERE t.merchant_id = ${currentMerchantId}() AND t.payment_request_id = claim_payment_request.id
                  AND t.status IN ('queued', 'pending', 'successful')) THEN
    RAISE EXCEPTION 'somebody is paying this payment request'
      USING ERRCODE = 'MM410', CONSTRAINT = 'payment_requests_paid_once', HINT = 'Wait for the word of the provider on that collection.';
  END IF;
END `,
  comment: 'Refuses a collection on a payment request that is not open, asks for something else, or is being paid already.',
})
