import { jsonb, sql, text, uuid } from 'pgintent'
import { definer, plannedOnce } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoLedger, momoWorker } from '../roles.ts'
import { finishTransaction } from './finish-transaction.ts'
import { openSuspense } from './open-suspense.ts'
import { transactionsFirst } from './transactions-first.ts'

/**
 * Callback and poll may come in any order and any number of times: the row lock makes the first final word the only one. Success
 * after the end opens a suspense journal once; that it did is kept as provider_status, which only these functions write. One call
 * in a transaction: two would lock the accounts of the second while they hold those of the first.
 *
 * Silence is no failure. When a provider gives up on money that goes out (TIMEOUT, EXPIRED) it may have left, so the transaction
 * stays pending and keeps its hold, with what was said as provider_status and one event for a person. FAILED or REJECTED ends it,
 * or that person, as source operator.
 */
export const settleTransaction = definer(api, 'settle_transaction', {
  owner: momoLedger,
  args: {
    provider: text(),
    environment: text(),
    x_reference_id: uuid(),
    status: text(),
    financial_transaction_id: text().default(sql`NULL::text`),
    reason: text().default(sql`NULL::text`),
    source: text().default('callback'),
  },
  returns: jsonb(),
  language: 'plpgsql',
  settings: plannedOnce,
  body: sql`
#variable_conflict use_column
DECLARE
  said text := upper(settle_transaction.status);
  outcome text := CASE upper(settle_transaction.status)
    WHEN 'PENDING' THEN 'pending' WHEN 'SUCCESSFUL' THEN 'successful' WHEN 'FAILED' THEN 'failed' WHEN 'REJECTED' THEN 'failed'
    WHEN 'EXPIRED' THEN 'expired' WHEN 'TIMEOUT' THEN 'expired' END;
  known record;
  t record;
  changed boolean := false;
  suspense uuid;
BEGIN
  IF outcome IS NULL THEN
    RAISE EXCEPTION 'the provider has no status "%"', settle_transaction.status
      USING ERRCODE = 'MM422', HINT = 'Give PENDING, SUCCESSFUL, FAILED, REJECTED, EXPIRED or TIMEOUT.';
  ELSIF settle_transaction.source IS NULL OR settle_transaction.source NOT IN ('callback', 'poll', 'operator', 'system') THEN
    RAISE EXCEPTION 'nobody settles from "%"', settle_transaction.source USING ERRCODE = 'MM422', HINT = 'Give callback, poll, operator or system.';
  END IF;
  ${transactionsFirst};
  SELECT r.id, r.transaction_id INTO known FROM app.provider_references r
  WHERE r.provider = settle_transaction.provider AND r.environment = settle_transaction.environment AND r.x_reference_id = settle_transaction.x_reference_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no transaction has the reference % at % in %', settle_transaction.x_reference_id, settle_transaction.provider, settle_transaction.environment
      USING ERRCODE = 'MM404', HINT = 'References are made before the provider is called: look at the environment.';
  END IF;
  SELECT x.id, x.merchant_id, x.type, x.status, x.direction, x.amount_minor, x.currency, x.provider_status INTO STRICT t FROM app.transactions x WHERE x.id = known.transaction_id FOR NO KEY UPDATE;

  UPDATE app.provider_references r
  SET last_callback_at = CASE settle_transaction.source WHEN 'callback' THEN now() ELSE r.last_callback_at END,
      financial_transaction_id = coalesce(r.financial_transaction_id, CASE outcome WHEN 'successful' THEN settle_transaction.financial_transaction_id END)
  WHERE r.id = known.id
    AND (settle_transaction.source = 'callback'
         OR (outcome = 'successful' AND r.financial_transaction_id IS NULL AND settle_transaction.financial_transaction_id IS NOT NULL));

  IF t.status IN ('queued', 'pending') THEN
    IF outcome = 'expired' AND t.direction = 'out' AND settle_transaction.source <> 'operator' THEN
      IF t.provider_status IS DISTINCT FROM said THEN
        UPDATE app.transactions x SET provider_status = said WHERE x.id = t.id;
        changed := true;
      END IF;
      IF changed AND coalesce(t.provider_status NOT IN ('TIMEOUT', 'EXPIRED'), true) THEN
        INSERT INTO app.outbox_events (merchant_id, topic, row_id, payload)
        VALUES (t.merchant_id, 'transaction.in_doubt', t.id,
                jsonb_build_object('transaction_id', t.id, 'type', t.type, 'provider_status', said, 'amount_minor', t.amount_minor, 'currency', t.currency));
      END IF;
    ELSIF outcome <> 'pending' THEN
      PERFORM ${finishTransaction}(t.id, outcome, settle_transaction.source, said,
                coalesce(settle_transaction.reason, CASE said WHEN 'REJECTED' THEN 'APPROVAL_REJECTED' WHEN 'TIMEOUT' THEN 'EXPIRED' WHEN 'EXPIRED' THEN 'EXPIRED' END));
      t.status := outcome;
      changed := true;
    END IF;
  ELSIF outcome = 'successful' AND t.status <> 'successful' AND t.provider_status IS DISTINCT FROM 'SUCCESSFUL' THEN
    suspense := ${openSuspense}(t.id);
    UPDATE app.transactions x SET provider_status = 'SUCCESSFUL' WHERE x.id = t.id;
    changed := true;
  END IF;
  RETURN jsonb_build_object('transaction_id', t.id, 'status', t.status, 'changed', changed)
    || CASE WHEN suspense IS NULL THEN '{}' ELSE jsonb_build_object('suspense_transaction_id', suspense) END;
END `,
  comment:
    'Takes the final word of the provider on a transaction, by callback or poll, as often as it comes: the first one counts, and success after the end goes to suspense. TIMEOUT and EXPIRED end what comes in; what goes out stays pending until somebody knows.',
  grants: [{ to: momoWorker, privileges: ['execute'] }],
})
