import { bigint, boolean, sql, text, uuid } from 'pgintent'
import { currentMerchantId, currentUserId } from '../context.ts'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'
import { permissionLimit } from './limits.ts'
import { refundCounts } from './late-success.ts'

/** What others approved is theirs to answer for, so it counts against nobody's limit. */
export const mayRefund = internal(app, 'may_refund', {
  owner: momoLedger,
  args: { original_id: uuid(), amount_minor: bigint(), currency: text() },
  returns: boolean(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  most bigint := ${permissionLimit}('transaction.refund', may_refund.currency);
  most_a_day bigint := ${permissionLimit}('transaction.refund', may_refund.currency, true);
  alone record;
BEGIN
  IF most IS NULL THEN
    RETURN true;
  ELSIF may_refund.amount_minor > most THEN
    RETURN false;
  END IF;
  -- Refunds of one person, of different originals, wait for each other here, so that their sum is true.
  PERFORM pg_advisory_xact_lock(hashtextextended('refunds asked for by ' || ${currentUserId}(), 0));
  SELECT coalesce(sum(r.amount_minor) FILTER (WHERE r.original_transaction_id = may_refund.original_id), 0) AS of_this,
         coalesce(sum(r.amount_minor) FILTER (WHERE r.created_at > now() - interval '1 day'), 0) AS of_the_day INTO alone
  FROM app.refunds r
  WHERE r.merchant_id = ${currentMerchantId}() AND r.requested_by = ${currentUserId}() AND r.currency = may_refund.currency
    AND (r.original_transaction_id = may_refund.original_id OR r.created_at > now() - interval '1 day')
    AND r.approved_by IS NULL AND r.status <> 'requested' AND ${refundCounts};
  RETURN may_refund.amount_minor + alone.of_this <= most AND (most_a_day IS NULL OR may_refund.amount_minor + alone.of_the_day <= most_a_day);
END `,
  comment:
    'Whether the user of this request may give that much of a transaction back alone: with what they gave back of it before, and with everything of the last 24 hours. The caller has locked the original.',
})
