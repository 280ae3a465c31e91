import { sql, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'
import { uuidv7 } from '../uuid.ts'
import { systemAccount } from './find-account.ts'
import { postJournal } from './post-journal.ts'

/** The caller has locked the original and seen that no suspense was opened for it yet. */
export const openSuspense = internal(app, 'open_suspense', {
  owner: momoLedger,
  args: { original_id: uuid() },
  returns: uuid(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  t record;
  made uuid := ${uuidv7}();
  towards bigint;
BEGIN
  SELECT x.merchant_id, x.outlet_id, x.type, x.status, x.direction, x.amount_minor, x.currency INTO STRICT t
  FROM app.transactions x WHERE x.id = open_suspense.original_id;
  INSERT INTO app.transactions (id, merchant_id, outlet_id, type, status, direction, amount_minor, currency, completed_at, metadata)
  VALUES (made, t.merchant_id, t.outlet_id, 'adjustment', 'successful', t.direction, t.amount_minor, t.currency, now(),
          jsonb_build_object('original_transaction_id', open_suspense.original_id, 'reason', 'late_success', 'original_status', t.status));
  towards := CASE t.direction WHEN 'in' THEN t.amount_minor ELSE -t.amount_minor END;
  PERFORM ${postJournal}(made, ARRAY[
    ROW(${systemAccount}('provider_float', t.currency, made), towards)::app.leg,
    ROW(${systemAccount}('suspense', t.currency, made), -towards)::app.leg]);
  INSERT INTO app.outbox_events (merchant_id, topic, row_id, payload)
  VALUES (t.merchant_id, 'transaction.late_success', open_suspense.original_id,
          jsonb_build_object('transaction_id', open_suspense.original_id, 'adjustment_id', made, 'type', t.type, 'status', t.status,
                             'amount_minor', t.amount_minor, 'currency', t.currency));
  RETURN made;
END `,
  comment: 'Books money that the provider moved after we had given the transaction up: an adjustment between its float and suspense, where a person decides whose it is.',
})
