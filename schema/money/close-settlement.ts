import { sql, timestamptz, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoLedger, momoWorker } from '../roles.ts'
import { uuidv7, uuidv7Floor } from '../uuid.ts'
import { writeCheckpoint } from './checkpoints.ts'

export const closeSettlement = definer(ops, 'close_settlement', {
  owner: momoLedger,
  args: { account_id: uuid(), until: timestamptz() },
  returns: uuid(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  made uuid := ${uuidv7}();
  upto timestamptz := date_trunc('milliseconds', close_settlement.until);
  since timestamptz;
  account record;
  span record;
  total record;
BEGIN
  SELECT a.merchant_id, a.currency, a.created_at INTO account FROM app.accounts a
  WHERE a.id = close_settlement.account_id AND a.merchant_id IS NOT NULL FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no merchant has the account %', close_settlement.account_id USING ERRCODE = 'MM404', HINT = 'Give an account of a merchant.';
  ELSIF upto IS NULL OR upto > clock_timestamp() THEN
    RAISE EXCEPTION 'a settlement does not end at %', upto USING ERRCODE = 'MM422', HINT = 'Settle until a moment of the past.';
  END IF;
  -- Where the last one ended, under the lock of the account: no moment twice, and none left out.
  SELECT coalesce(max(upper(s.period)), date_trunc('milliseconds', account.created_at)) INTO since FROM app.settlements s
  WHERE s.merchant_id = account.merchant_id AND s.account_id = close_settlement.account_id;
  IF upto <= since THEN
    RAISE EXCEPTION 'account % is settled until % already', close_settlement.account_id, since
      USING ERRCODE = 'MM422', CONSTRAINT = 'settlements_no_overlap', HINT = 'Settle until a later moment.';
  END IF;

  -- A transaction may be older than its entries by any time; its partitions are those between the first and the last of them.
  SELECT min(e.transaction_id::text)::uuid AS first, max(e.transaction_id::text)::uuid AS last INTO span FROM app.ledger_entries e
  WHERE e.account_id = close_settlement.account_id AND e.merchant_id = account.merchant_id
    AND e.id >= ${uuidv7Floor}(since) AND e.id < ${uuidv7Floor}(upto);
  SELECT coalesce(sum(t.amount_minor) FILTER (WHERE t.direction = 'in'), 0)::bigint AS gross,
         coalesce(sum(t.fee_minor) FILTER (WHERE t.direction = 'in'), 0)::bigint AS fee,
         coalesce(sum(t.amount_minor) FILTER (WHERE t.type = 'refund'), 0)::bigint AS refund INTO total
  FROM app.transactions t
  WHERE t.merchant_id = account.merchant_id AND t.id BETWEEN span.first AND span.last
    AND t.id IN (SELECT e.transaction_id FROM app.ledger_entries e
                 WHERE e.account_id = close_settlement.account_id AND e.merchant_id = account.merchant_id
                   AND e.id >= ${uuidv7Floor}(since) AND e.id < ${uuidv7Floor}(upto));
  INSERT INTO app.settlements (id, merchant_id, account_id, currency, period, gross_minor, fee_minor, refund_minor, net_minor, status, closed_at)
  VALUES (made, account.merchant_id, close_settlement.account_id, account.currency, tstzrange(since, upto), total.gross, total.fee, total.refund,
          total.gross - total.fee - total.refund, 'closed', now());
  PERFORM ${writeCheckpoint}(close_settlement.account_id, upto);
  INSERT INTO app.outbox_events (merchant_id, topic, row_id, payload)
  VALUES (account.merchant_id, 'settlement.closed', made,
          jsonb_build_object('settlement_id', made, 'account_id', close_settlement.account_id, 'currency', account.currency,
          'gross_minor', total.gross, 'fee_minor', total.fee, 'refund_minor', total.refund, 'net_minor', total.gross - total.fee - total.refund));
  RETURN made;
END `,
  comment: 'Settles an account from where its last settlement ended: what came in, less fees and refunds. Keeps a checkpoint of that moment.',
  grants: [{ to: momoWorker, privileges: ['execute'] }],
})
