import { sql, text, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoAuditor, momoLedger, momoWorker } from '../roles.ts'

export const verifyHolds = definer(ops, 'verify_holds', {
  owner: momoLedger,
  returns: { table: { check_name: text(), subject: uuid(), detail: text() } },
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH promised AS (
    SELECT coalesce(p.account_id, w.id) AS account_id, sum(t.amount_minor + t.fee_minor) AS amount
    FROM app.transactions t
    LEFT JOIN app.payouts p ON p.merchant_id = t.merchant_id AND p.transaction_id = t.id
    LEFT JOIN app.accounts w ON w.merchant_id = t.merchant_id AND w.kind = 'merchant_wallet' AND w.currency = t.currency AND w.shard = 0
    WHERE t.status IN ('queued', 'pending') AND t.direction = 'out'
    GROUP BY 1
  )
  SELECT 'held', a.id, format('it holds %s, open transactions need %s', a.held_minor, coalesce(p.amount, 0))
  FROM app.accounts a LEFT JOIN promised p ON p.account_id = a.id
  WHERE a.held_minor <> coalesce(p.amount, 0);
END `,
  comment: 'What accounts hold is what open outgoing transactions need: one row for each account where it is not.',
  grants: [{ to: [momoWorker, momoAuditor], privileges: ['execute'] }],
})
