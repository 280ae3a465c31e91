import { boolean, jsonb, sql, uuid } from 'pgintent'
import { currentMerchantId, currentOutletId, currentUserId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoApp, momoLedger } from '../roles.ts'
import { withinLimit } from './limits.ts'
import { requirePermission } from './require-permission.ts'
import { startRefund } from './start-refund.ts'
import { transactionsFirst } from './transactions-first.ts'

export const approveRefund = definer(api, 'approve_refund', {
  owner: momoLedger,
  args: { refund_id: uuid(), approve: boolean().default(true) },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  original_id uuid;
  refund record;
  reference_id uuid;
  changed boolean := false;
BEGIN
  PERFORM ${requirePermission}('refund.approve');
  ${transactionsFirst};
  SELECT r.original_transaction_id INTO original_id FROM app.refunds r
  WHERE r.id = approve_refund.refund_id AND r.merchant_id = ${currentMerchantId}();
  -- The original first, as everywhere; what was read before the locks is read again.
  PERFORM FROM app.transactions t
  WHERE t.id = original_id AND t.merchant_id = ${currentMerchantId}() AND (${currentOutletId}() IS NULL OR t.outlet_id = ${currentOutletId}())
  FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this merchant has no refund %', approve_refund.refund_id
      USING ERRCODE = 'MM404', HINT = 'Give a refund of this merchant that you can see.';
  ELSIF approve_refund.approve IS NULL THEN
    RAISE EXCEPTION 'there is no decision' USING ERRCODE = 'MM422', HINT = 'Say true or false.';
  END IF;
  SELECT r.status, r.requested_by, r.amount_minor, r.currency INTO STRICT refund FROM app.refunds r
  WHERE r.id = approve_refund.refund_id FOR NO KEY UPDATE;

  IF refund.status = 'requested' THEN
    IF refund.requested_by = ${currentUserId}() THEN
      RAISE EXCEPTION 'who asked for a refund does not decide on it'
        USING ERRCODE = 'MM403', HINT = 'Another member with the permission refund.approve does.';
    ELSIF NOT ${withinLimit}('refund.approve', refund.amount_minor, refund.currency) THEN
      RAISE EXCEPTION 'this is more than you may approve' USING ERRCODE = 'MM403', HINT = 'Ask somebody with a higher limit.';
    END IF;
    changed := true;
    IF approve_refund.approve THEN
      UPDATE app.refunds r SET status = 'approved', approved_by = ${currentUserId}() WHERE r.id = approve_refund.refund_id;
      reference_id := ${startRefund}(approve_refund.refund_id);
    ELSE
      UPDATE app.refunds r SET status = 'rejected', completed_at = now() WHERE r.id = approve_refund.refund_id;
    END IF;
  ELSIF approve_refund.approve = (refund.status = 'rejected') THEN
    RAISE EXCEPTION 'the refund is % already', refund.status USING ERRCODE = 'MM422', HINT = 'Ask for another one.';
  END IF;
  RETURN (
    SELECT jsonb_build_object('refund_id', r.id, 'status', r.status, 'refund_transaction_id', r.refund_transaction_id,
                              'x_reference_id', reference_id, 'changed', changed)
    FROM app.refunds r WHERE r.id = approve_refund.refund_id);
END `,
  comment: 'Decides on a refund that waits: another member than who asked approves or rejects it. The same decision again changes nothing.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
