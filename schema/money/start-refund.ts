import { sql, uuid } from 'pgintent'
import { currentDeviceId, currentUserId } from '../context.ts'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'
import { uuidv7 } from '../uuid.ts'
import { walletOf } from './find-account.ts'
import { holdFunds } from './hold-funds.ts'
import { nameAtProvider } from './name-at-provider.ts'

/** The caller has locked the original transaction and the refund, and seen that it may go. */
export const startRefund = internal(app, 'start_refund', {
  owner: momoLedger,
  args: { refund_id: uuid() },
  returns: uuid(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  made uuid := ${uuidv7}();
  refund record;
  name record;
  reference_id uuid;
BEGIN
  SELECT r.merchant_id, r.original_transaction_id, r.amount_minor, r.currency INTO STRICT refund FROM app.refunds r WHERE r.id = start_refund.refund_id;
  INSERT INTO app.transactions (id, merchant_id, outlet_id, customer_id, device_id, initiated_by, type, status, direction, amount_minor, currency,
                                payee_party_type, payee_enc, payee_bidx, payee_last4, origin_device_id)
  SELECT made, t.merchant_id, t.outlet_id, t.customer_id, ${currentDeviceId}(), ${currentUserId}(), 'refund', 'pending', 'out', refund.amount_minor, t.currency,
         t.payer_party_type, t.payer_enc, t.payer_bidx, t.payer_last4, ${currentDeviceId}()
  FROM app.transactions t WHERE t.id = refund.original_transaction_id;
  PERFORM ${holdFunds}(${walletOf}(refund.merchant_id, refund.currency), refund.amount_minor);
  -- The provider refunds what it knows, so by the same name and in the same environment.
  SELECT p.provider, p.environment INTO name FROM app.provider_references p
  WHERE p.transaction_id = refund.original_transaction_id AND p.merchant_id = refund.merchant_id ORDER BY p.attempt DESC LIMIT 1;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the provider has no reference for transaction %', refund.original_transaction_id
      USING ERRCODE = 'MM422', HINT = 'Give the money back with a disbursement.';
  END IF;
  reference_id := ${nameAtProvider}(made, name.provider, name.environment);
  UPDATE app.refunds r SET status = 'pending', refund_transaction_id = made WHERE r.id = start_refund.refund_id;
  RETURN reference_id;
END `,
  comment: 'Makes the transaction of a refund that may go: holds the money and names it for the provider. The result is that reference.',
})
