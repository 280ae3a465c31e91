import { sql, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

export const announce = internal(app, 'announce_transaction', {
  owner: momoLedger,
  args: { transaction_id: uuid() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  t record;
  told jsonb;
  kind text;
BEGIN
  SELECT x.id, x.merchant_id, x.type, x.status, x.amount_minor, x.fee_minor, x.currency, x.failure_reason, x.initiated_by INTO STRICT t
  FROM app.transactions x WHERE x.id = announce_transaction.transaction_id;
  kind := CASE WHEN t.type IN ('refund', 'payout') THEN t.type ELSE 'transaction' END;
  told := jsonb_build_object('transaction_id', t.id, 'type', t.type, 'status', t.status, 'amount_minor', t.amount_minor,
                             'fee_minor', t.fee_minor, 'currency', t.currency, 'failure_reason', t.failure_reason)
    || CASE t.type
         WHEN 'refund' THEN (SELECT jsonb_build_object('refund_id', r.id, 'original_transaction_id', r.original_transaction_id)
                             FROM app.refunds r WHERE r.merchant_id = t.merchant_id AND r.refund_transaction_id = t.id)
         WHEN 'payout' THEN (SELECT jsonb_build_object('payout_id', p.id)
                             FROM app.payouts p WHERE p.merchant_id = t.merchant_id AND p.transaction_id = t.id)
         ELSE '{}'
       END;
  INSERT INTO app.outbox_events (merchant_id, topic, row_id, payload)
  VALUES (t.merchant_id, kind || '.completed', coalesce((told ->> 'refund_id')::uuid, (told ->> 'payout_id')::uuid, t.id), told);
  INSERT INTO app.notifications (merchant_id, user_id, kind, template, data)
  VALUES (t.merchant_id, t.initiated_by, kind, kind || '.' || t.status, told);
END `,
  comment: 'Tells others and the person who made it that a transaction is final: an event for the outbox, a notification.',
})
