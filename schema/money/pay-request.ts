import { bigint, sql, text, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

export const payRequest = internal(app, 'pay_request', {
  owner: momoLedger,
  args: { merchant_id: uuid(), payment_request_id: uuid(), transaction_id: uuid(), amount_minor: bigint(), currency: text() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE topic text := 'payment_request.paid';
BEGIN
  -- It was open when the payer agreed; that it expired before the provider said so does not unmake the payment.
  UPDATE app.payment_requests p SET status = 'paid', paid_transaction_id = pay_request.transaction_id
  WHERE p.merchant_id = pay_request.merchant_id AND p.id = pay_request.payment_request_id AND p.status IN ('open', 'expired');
  IF NOT FOUND THEN
    PERFORM FROM app.payment_requests p
    WHERE p.merchant_id = pay_request.merchant_id AND p.id = pay_request.payment_request_id AND p.status = 'paid';
    IF NOT FOUND THEN
      RETURN;
    END IF;
    topic := 'payment_request.paid_again';
  END IF;
  INSERT INTO app.outbox_events (merchant_id, topic, row_id, payload)
  VALUES (pay_request.merchant_id, topic, pay_request.payment_request_id,
          jsonb_build_object('payment_request_id', pay_request.payment_request_id, 'transaction_id', pay_request.transaction_id,
                             'amount_minor', pay_request.amount_minor, 'currency', pay_request.currency));
END `,
  comment: 'What a successful collection makes of the payment request it pays, and the event that says so. Paid a second time is an event of its own: somebody gives it back.',
})
