import { sql, text, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'
import { announce } from './announce.ts'
import { systemAccount, walletOf } from './find-account.ts'
import { payRequest } from './pay-request.ts'
import { paySettlement } from './pay-settlement.ts'
import { postJournal } from './post-journal.ts'

/**
 * The one place where a transaction gets its final status: status, what follows from it in refunds, payouts, settlements and payment
 * requests, journal, hold. The caller has locked the row and seen that it is open. The order of locks is everywhere: transactions,
 * what follows from them, accounts by id.
 */
export const finishTransaction = internal(app, 'finish_transaction', {
  owner: momoLedger,
  args: { transaction_id: uuid(), status: text(), source: text(), provider_status: text(), reason: text() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  t record;
  account uuid;
  provider_account uuid;
  unclaimed uuid;
  legs app.leg[] := '{}';
  held app.leg[] := '{}';
  before text := coalesce(current_setting('app.source', true), '');
BEGIN
  SELECT x.id, x.merchant_id, x.type, x.status, x.direction, x.amount_minor, x.fee_minor, x.currency, x.payment_request_id INTO STRICT t
  FROM app.transactions x WHERE x.id = finish_transaction.transaction_id FOR NO KEY UPDATE;
  PERFORM set_config('app.source', finish_transaction.source, true);
  IF t.status = 'queued' AND finish_transaction.status IN ('successful', 'failed') THEN
    UPDATE app.transactions x SET status = 'pending' WHERE x.id = t.id;
  END IF;

  IF t.payment_request_id IS NOT NULL AND finish_transaction.status = 'successful' THEN
    PERFORM FROM app.payment_requests p WHERE p.merchant_id = t.merchant_id AND p.id = t.payment_request_id FOR NO KEY UPDATE;
  END IF;
  IF t.type = 'payout' THEN
    SELECT p.account_id INTO STRICT account FROM app.payouts p WHERE p.merchant_id = t.merchant_id AND p.transaction_id = t.id;
  ELSE
    account := ${walletOf}(t.merchant_id, t.currency);
  END IF;
  IF t.direction = 'out' THEN
    held := ARRAY[ROW(account, t.amount_minor + t.fee_minor)::app.leg];
  END IF;
  IF finish_transaction.status = 'successful' THEN
    provider_account := ${systemAccount}('provider_float', t.currency, t.id);
    IF t.direction = 'out' THEN
      legs := ARRAY[ROW(account, t.amount_minor + t.fee_minor)::app.leg, ROW(provider_account, -t.amount_minor)::app.leg];
    ELSIF EXISTS (SELECT FROM app.accounts a WHERE a.id = account AND a.status = 'closed') THEN
      unclaimed := ${systemAccount}('suspense', t.currency, t.id);
      legs := ARRAY[ROW(provider_account, t.amount_minor)::app.leg, ROW(unclaimed, -t.amount_minor)::app.leg];
    ELSE
      legs := ARRAY[ROW(provider_account, t.amount_minor)::app.leg, ROW(account, t.fee_minor - t.amount_minor)::app.leg];
    END IF;
    IF t.fee_minor > 0 AND unclaimed IS NULL THEN
      legs := legs || ROW(${systemAccount}('fee_income', t.currency, t.id), -t.fee_minor)::app.leg;
    END IF;
  END IF;

  UPDATE app.transactions x
  SET status = finish_transaction.status, completed_at = now(), provider_status = coalesce(finish_transaction.provider_status, x.provider_status),
      failure_reason = CASE WHEN finish_transaction.status <> 'successful'
                            THEN left(coalesce(finish_transaction.reason, CASE finish_transaction.status WHEN 'failed' THEN 'UNKNOWN' END), 64) END
  WHERE x.id = t.id;
  PERFORM set_config('app.source', before, true);
  PERFORM ${announce}(t.id);

  IF t.type = 'refund' THEN
    UPDATE app.refunds r SET status = CASE finish_transaction.status WHEN 'successful' THEN 'successful' ELSE 'failed' END, completed_at = now()
    WHERE r.merchant_id = t.merchant_id AND r.refund_transaction_id = t.id;
  ELSIF t.type = 'payout' THEN
    UPDATE app.payouts p
    SET status = CASE WHEN finish_transaction.status IN ('successful', 'cancelled') THEN finish_transaction.status ELSE 'failed' END,
        completed_at = now(),
        failure_reason = CASE WHEN finish_transaction.status NOT IN ('successful', 'cancelled')
                              THEN coalesce(finish_transaction.reason, finish_transaction.status) END
    WHERE p.merchant_id = t.merchant_id AND p.transaction_id = t.id;
    IF finish_transaction.status = 'successful' THEN
      PERFORM ${paySettlement}(t.merchant_id, t.id);
    END IF;
  ELSIF t.payment_request_id IS NOT NULL AND finish_transaction.status = 'successful' THEN
    PERFORM ${payRequest}(t.merchant_id, t.payment_request_id, t.id, t.amount_minor, t.currency);
  END IF;
  IF unclaimed IS NOT NULL THEN
    INSERT INTO app.outbox_events (merchant_id, topic, row_id, payload)
    VALUES (t.merchant_id, 'transaction.unclaimed', t.id,
            jsonb_build_object('transaction_id', t.id, 'type', t.type, 'amount_minor', t.amount_minor, 'currency', t.currency));
  END IF;

  -- Accounts last: everybody who pays a busy merchant waits for its wallet, so it is locked for as little as can be.
  IF finish_transaction.status = 'successful' THEN
    -- A fee as high as the amount leaves the wallet nothing.
    PERFORM ${postJournal}(t.id, ARRAY(SELECT l::app.leg FROM unnest(legs) l WHERE l.amount_minor <> 0), held);
  ELSIF t.direction = 'out' THEN
    UPDATE app.accounts a SET held_minor = a.held_minor - (t.amount_minor + t.fee_minor) WHERE a.id = account;
  END IF;
END `,
  comment:
    'Gives an open transaction its final status, with everything that follows from it. What comes in for an account that was closed meanwhile goes to suspense, without a fee.',
})
