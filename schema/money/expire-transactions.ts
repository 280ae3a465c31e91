import { integer, sql } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoLedger, momoWorker } from '../roles.ts'
import { finishTransaction } from './finish-transaction.ts'
import { transactionsFirst } from './transactions-first.ts'

export const expireTransactions = definer(ops, 'expire_transactions', {
  owner: momoLedger,
  args: { most: integer() },
  returns: integer(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  due uuid[];
  one uuid;
BEGIN
  ${transactionsFirst};
  -- What goes out and was sent, or that the provider has said anything of, may have left already: only the provider can say that it did not.
  due := ARRAY(
    SELECT t.id FROM app.transactions t
    WHERE t.status IN ('queued', 'pending') AND t.expires_at <= now() AND (t.direction = 'in' OR (t.submitted_at IS NULL AND t.provider_status IS NULL))
    ORDER BY t.id LIMIT expire_transactions.most FOR NO KEY UPDATE SKIP LOCKED);
  -- All accounts at once, by id: one after the other would wait in a circle with somebody who needs two of them.
  PERFORM FROM app.accounts a
  WHERE a.id IN (
    SELECT coalesce(p.account_id, w.id) FROM app.transactions t
    LEFT JOIN app.payouts p ON p.merchant_id = t.merchant_id AND p.transaction_id = t.id
    LEFT JOIN app.accounts w ON w.merchant_id = t.merchant_id AND w.kind = 'merchant_wallet' AND w.currency = t.currency AND w.shard = 0
    WHERE t.id = ANY (due) AND t.direction = 'out')
  ORDER BY a.id FOR NO KEY UPDATE;
  FOREACH one IN ARRAY due LOOP
    PERFORM ${finishTransaction}(one, 'expired', 'system', NULL, 'EXPIRED');
  END LOOP;
  RETURN cardinality(due);
END `,
  comment: 'Gives up open transactions whose time is over and releases what they hold. Those that somebody works on are left for the next time. The result is how many.',
  grants: [{ to: momoWorker, privileges: ['execute'] }],
})
