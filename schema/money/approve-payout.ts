import { boolean, jsonb, sql, uuid } from 'pgintent'
import { currentMerchantId, currentUserId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoApp, momoLedger } from '../roles.ts'
import { uuidv7 } from '../uuid.ts'
import { finishTransaction } from './finish-transaction.ts'
import { holdFunds } from './hold-funds.ts'
import { withinLimit } from './limits.ts'
import { nameAtProvider } from './name-at-provider.ts'
import { providerEnvironment } from './provider-environment.ts'
import { requirePermission } from './require-permission.ts'
import { transactionsFirst } from './transactions-first.ts'

/** One that is scheduled has a transaction already, queued until it is due, because the money is held from approval on. */
export const approvePayout = definer(api, 'approve_payout', {
  owner: momoLedger,
  args: { payout_id: uuid(), approve: boolean().default(true) },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  merchant uuid := ${currentMerchantId}();
  made uuid := ${uuidv7}();
  locked uuid;
  payout record;
  provider text;
  queued boolean;
  changed boolean := false;
BEGIN
  PERFORM ${requirePermission}('payout.approve');
  ${transactionsFirst};
  -- Its transaction first, as in settling; what was read before the locks is read again.
  SELECT t.id INTO locked FROM app.transactions t
  WHERE t.id = (SELECT p.transaction_id FROM app.payouts p WHERE p.id = approve_payout.payout_id AND p.merchant_id = merchant) FOR NO KEY UPDATE;
  SELECT p.account_id, p.status, p.requested_by, p.amount_minor, p.fee_minor, p.currency, p.scheduled_for, p.transaction_id,
         p.destination_type, p.destination_enc, p.destination_bidx, p.destination_last4 INTO payout
  FROM app.payouts p WHERE p.id = approve_payout.payout_id AND p.merchant_id = merchant FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this merchant has no payout %', approve_payout.payout_id USING ERRCODE = 'MM404', HINT = 'Give a payout of this merchant.';
  ELSIF approve_payout.approve IS NULL THEN
    RAISE EXCEPTION 'there is no decision' USING ERRCODE = 'MM422', HINT = 'Say true or false.';
  ELSIF payout.requested_by = ${currentUserId}() AND approve_payout.approve THEN
    RAISE EXCEPTION 'who asked for a payout does not approve it'
      USING ERRCODE = 'MM403', HINT = 'Another member with the permission payout.approve does.';
  ELSIF payout.transaction_id IS DISTINCT FROM locked THEN
    RAISE EXCEPTION 'the payout was approved this moment' USING ERRCODE = '40001', HINT = 'Try again.';
  END IF;

  IF payout.status = 'requested' AND approve_payout.approve THEN
    IF NOT ${withinLimit}('payout.approve', payout.amount_minor, payout.currency) THEN
      RAISE EXCEPTION 'this is more than you may approve' USING ERRCODE = 'MM403', HINT = 'Ask somebody with a higher limit.';
    END IF;
    queued := coalesce(payout.scheduled_for > now(), false);
    -- A phone number is the payee; what a bank calls an account has no last four digits that are digits.
    INSERT INTO app.transactions (id, merchant_id, initiated_by, type, status, direction, amount_minor, fee_minor, currency,
                                  payee_party_type, payee_enc, payee_bidx, payee_last4)
    VALUES (made, merchant, payout.requested_by, 'payout', CASE WHEN queued THEN 'queued' ELSE 'pending' END, 'out',
            payout.amount_minor, payout.fee_minor, payout.currency,
            CASE payout.destination_type WHEN 'momo' THEN 'msisdn' END, payout.destination_enc, payout.destination_bidx,
            substring(payout.destination_last4 FROM '^[0-9]{4}$'));
    UPDATE app.payouts p SET status = CASE WHEN queued THEN 'scheduled' ELSE 'pending' END, approved_by = ${currentUserId}(), transaction_id = made
    WHERE p.id = approve_payout.payout_id;
    provider := CASE payout.destination_type WHEN 'bank' THEN 'bank' ELSE 'mtn_momo' END;
    PERFORM ${nameAtProvider}(made, provider, ${providerEnvironment}(provider, merchant));
    PERFORM ${holdFunds}(payout.account_id, payout.amount_minor + payout.fee_minor);
    changed := true;
  ELSIF payout.status = 'requested' THEN
    UPDATE app.payouts p SET status = 'cancelled', completed_at = now() WHERE p.id = approve_payout.payout_id;
    changed := true;
  ELSIF payout.status = 'scheduled' AND NOT approve_payout.approve THEN
    PERFORM ${finishTransaction}(payout.transaction_id, 'cancelled', 'operator', NULL, NULL);
    changed := true;
  ELSIF approve_payout.approve = (payout.status = 'cancelled') THEN
    RAISE EXCEPTION 'the payout is % already', payout.status USING ERRCODE = 'MM422', HINT = 'Ask for another one.';
  END IF;
  RETURN (
    SELECT jsonb_build_object('payout_id', p.id, 'status', p.status, 'transaction_id', p.transaction_id, 'changed', changed,
             'x_reference_id', (SELECT r.x_reference_id FROM app.provider_references r WHERE r.transaction_id = p.transaction_id ORDER BY r.attempt DESC LIMIT 1))
    FROM app.payouts p WHERE p.id = approve_payout.payout_id);
END `,
  comment: 'Decides on a payout: another member than who asked approves it, and its money is held; it is rejected, or called off while it is scheduled.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
