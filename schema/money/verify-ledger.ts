import { sql, text, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoAuditor, momoLedger, momoRetention, momoWorker } from '../roles.ts'
import { uuidv7Floor } from '../uuid.ts'
import { refundCounts } from './late-success.ts'

/** Stable, so that all of it looks at the moment of the statement that asks. */
export const verifyLedger = definer(ops, 'verify_ledger', {
  owner: momoLedger,
  returns: { table: { check_name: text(), subject: uuid(), detail: text() } },
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT 'I1 journal', e.transaction_id, format('its legs in %s add up to %s', e.currency, sum(e.amount_minor))
  FROM app.ledger_entries e GROUP BY e.transaction_id, e.currency HAVING sum(e.amount_minor) <> 0;

  RETURN QUERY
  SELECT 'I2 currency', NULL::uuid, format('all entries in %s add up to %s', e.currency, sum(e.amount_minor))
  FROM app.ledger_entries e GROUP BY e.currency HAVING sum(e.amount_minor) <> 0;

  RETURN QUERY
  WITH latest AS (
    SELECT DISTINCT ON (c.account_id) c.account_id, c.period_end, c.balance_minor, c.account_version
    FROM app.account_checkpoints c ORDER BY c.account_id, c.period_end DESC
  ), later AS (
    SELECT e.account_id, sum(e.amount_minor) AS amount, count(*) AS entries
    FROM app.ledger_entries e LEFT JOIN latest c ON c.account_id = e.account_id
    WHERE c.account_id IS NULL OR e.id >= ${uuidv7Floor}(c.period_end)
    GROUP BY e.account_id
  ), proved AS (
    SELECT a.id, a.balance_minor, a.version,
           coalesce(c.balance_minor, 0) + CASE a.normal_side WHEN 'debit' THEN 1 ELSE -1 END * coalesce(l.amount, 0) AS balance,
           coalesce(c.account_version, 0) + coalesce(l.entries, 0) AS entries
    FROM app.accounts a LEFT JOIN latest c ON c.account_id = a.id LEFT JOIN later l ON l.account_id = a.id
  )
  SELECT 'I3 balance', p.id, format('it says %s at version %s, its entries prove %s at version %s', p.balance_minor, p.version, p.balance, p.entries)
  FROM proved p WHERE p.balance_minor <> p.balance OR p.version <> p.entries;

  -- What is before the first entry that is still here: a checkpoint, or nothing.
  RETURN QUERY
  WITH chain AS (
    SELECT e.id, e.account_id, e.account_version, e.balance_after_minor,
           CASE a.normal_side WHEN 'debit' THEN e.amount_minor ELSE -e.amount_minor END AS change,
           lag(e.account_version) OVER upwards AS version_before, lag(e.balance_after_minor) OVER upwards AS balance_before
    FROM app.ledger_entries e JOIN app.accounts a ON a.id = e.account_id
    WINDOW upwards AS (PARTITION BY e.account_id ORDER BY e.account_version, e.id)
  ), grounded AS (
    SELECT n.id, n.account_id, n.account_version, n.balance_after_minor, n.change,
           coalesce(n.version_before, c.account_version, 0) AS version_before, coalesce(n.balance_before, c.balance_minor, 0) AS balance_before
    FROM chain n LEFT JOIN LATERAL (
      SELECT k.account_version, k.balance_minor FROM app.account_checkpoints k
      WHERE n.version_before IS NULL AND k.account_id = n.account_id AND k.account_version = n.account_version - 1
      ORDER BY k.period_end DESC LIMIT 1) c ON true
  )
  SELECT 'I4 chain', g.account_id,
         format('entry %s has version %s and balance %s after version %s and balance %s', g.id, g.account_version, g.balance_after_minor, g.version_before, g.balance_before)
  FROM grounded g WHERE g.account_version <> g.version_before + 1 OR g.balance_after_minor <> g.balance_before + g.change;

  RETURN QUERY
  SELECT 'I4 checkpoint', c.account_id,
         format('at %s it says %s at version %s, its last entry %s at version %s', c.period_end, c.balance_minor, c.account_version, e.balance_after_minor, e.account_version)
  FROM app.account_checkpoints c JOIN app.ledger_entries e ON e.id = c.last_entry_id
  WHERE (e.account_id, e.balance_after_minor, e.account_version) IS DISTINCT FROM (c.account_id, c.balance_minor, c.account_version);

  RETURN QUERY
  SELECT 'I5 floor', a.id, format('it has %s and holds %s', a.balance_minor, a.held_minor)
  FROM app.accounts a WHERE a.held_minor < 0 OR NOT (a.allow_negative OR a.balance_minor >= a.held_minor);

  RETURN QUERY
  SELECT 'I9 refunds', t.id, format('%s of %s is refunded', sum(r.amount_minor), t.amount_minor)
  FROM app.refunds r JOIN app.transactions t ON t.id = r.original_transaction_id AND t.merchant_id = r.merchant_id
  WHERE ${refundCounts}
  GROUP BY t.id, t.amount_minor HAVING sum(r.amount_minor) > t.amount_minor;
END `,
  comment: 'Proves the ledger: one row for each thing that is not as it must be, none when all is well. Reads all entries there are.',
  grants: [{ to: [momoWorker, momoAuditor, momoRetention], privileges: ['execute'] }],
})
