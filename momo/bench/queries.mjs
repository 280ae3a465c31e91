// The queries the schema is made for, as the services send them. `target` is the p95 in milliseconds that each has set itself.
import { asOf } from './calendar.mjs'

/** What no query may exceed at the 95th percentile, in milliseconds. */
export const ceiling = 500

/** What momo_app may read of a transaction: no ciphertext. */
const shown = `id, created_at, outlet_id, customer_id, device_id, initiated_by, type, status, direction, amount_minor, fee_minor, currency, payer_last4, payee_last4, reference,
       submitted_at, completed_at, provider_status, failure_reason, is_offline, row_version, deleted_at`

const day = 86_400_000
const at = (ms) => new Date(ms).toISOString()
const now = Date.parse(asOf)
/** Midnight in East Africa before the moment `ms`. */
const midnight = (ms) => Math.floor((ms + 3 * 3600_000) / day) * day - 3 * 3600_000
const today = midnight(now)

// The planner sees no merchant through the policy and expects the rows of an average one, fewer than a page: it would rather sort
// them than read the index in order, and then sorts all rows of a large merchant for each page. A function that pages sets this.
const paging = { enable_sort: 'off' }

/**
 * `params` are the types of $1, $2, …; `args` gives them for a subject. `plan` is what must hold of the plan, see plans.mjs.
 * `settings` are those of the session. `context` says whom begin_request() names: the merchant's owner by default, nobody for the worker.
 */
export const queries = [
  {
    id: 'Q1',
    title: 'newest page of transactions',
    target: 20,
    params: ['uuid'],
    sql: `select ${shown} from app.transactions where id < $1 order by id desc limit 50`,
    args: (s) => [s.cursor],
    plan: { tables: ['transactions'], index: 'tx_list' },
  },
  {
    id: 'Q2',
    title: 'one transaction, its legs and its history',
    target: 10,
    params: ['uuid'],
    sql: `select t.*, e.account_id, e.amount_minor, e.balance_after_minor, e.entry_seq, h.from_status, h.to_status, h.source, h.created_at as changed_at
from (select ${shown} from app.transactions where id = $1) t
left join app.ledger_entries e on e.transaction_id = t.id
left join app.transaction_status_history h on h.transaction_id = t.id
order by e.entry_seq, h.id`,
    args: (s) => [s.transaction],
    plan: { tables: ['transactions', 'ledger_entries', 'transaction_status_history'], index: 'entries_transaction' },
  },
  {
    id: 'Q3',
    title: 'open work',
    target: 20,
    params: [],
    sql: `select ${shown} from app.transactions where status in ('queued', 'pending') order by id limit 100`,
    args: () => [],
    plan: { tables: ['transactions'], index: 'tx_open', statusServed: true },
  },
  {
    id: 'Q4',
    title: "today's dashboard",
    target: 50,
    params: ['timestamptz', 'timestamptz'],
    sql: `select status, type, count(*), sum(amount_minor), sum(fee_minor) from app.transactions
where id >= app.uuidv7_floor($1 - interval '1 day') and created_at >= $1 and created_at < $2
group by 1, 2`,
    args: () => [at(today), at(today + day)],
    plan: { tables: ['transactions'], index: 'tx_list', pruned: ['transactions'], indexOnly: true },
  },
  {
    id: 'Q5',
    title: 'daily series of 30 days',
    target: 200,
    params: ['timestamptz', 'timestamptz', 'text'],
    sql: `select date_trunc('day', created_at, $3) as day, count(*), sum(amount_minor), sum(fee_minor) from app.transactions
where id >= app.uuidv7_floor($1 - interval '1 day') and id < app.uuidv7_floor($2 + interval '1 day') and created_at >= $1 and created_at < $2 and status = 'successful'
group by 1 order by 1`,
    args: (s) => [at(midnight(s.moment) - 30 * day), at(midnight(s.moment)), s.timezone],
    plan: { tables: ['transactions'], index: 'tx_list', pruned: ['transactions'], indexOnly: true },
  },
  {
    id: 'Q6',
    title: 'what has this number paid',
    target: 30,
    params: ['bytea'],
    sql: `select ${shown} from app.transactions where payer_bidx = $1 order by id desc limit 20`,
    args: (s) => [s.payer],
    plan: { tables: ['transactions'], index: 'tx_payer' },
  },
  {
    id: 'Q7a',
    title: "reconcile by the merchant's reference",
    target: 10,
    params: ['text'],
    sql: `select ${shown} from app.transactions where reference = $1`,
    args: (s) => [s.reference],
    plan: { tables: ['transactions'], index: 'tx_ref' },
  },
  {
    id: 'Q7b',
    title: "reconcile by the provider's id",
    target: 10,
    params: ['text', 'text', 'text'],
    sql: `select merchant_id, transaction_id, x_reference_id, external_id, attempt from app.provider_references
where provider = $1 and environment = $2 and financial_transaction_id = $3`,
    role: 'momo_worker',
    args: (s) => ['mtn_momo', 'sandbox', s.financial],
    plan: { tables: [] },
  },
  {
    id: 'Q8a',
    title: 'sync pull, a page of keys',
    target: 100,
    settings: paging,
    params: ['xid8', 'uuid', 'timestamptz'],
    sql: `select sync_xid, id from app.transactions
where sync_xid >= $1 and sync_xid < pg_snapshot_xmin(pg_current_snapshot()) and (sync_xid, id) > ($1, $2) and id >= app.uuidv7_floor($3 - interval '90 days')
order by sync_xid, id limit 500`,
    args: (s) => [s.sync_xid, s.sync_id, asOf],
    plan: { tables: ['transactions'], index: 'tx_sync', pruned: ['transactions'], indexCond: 'sync_xid' },
  },
  {
    id: 'Q8b',
    title: 'sync pull, a page of rows',
    target: 100,
    settings: paging,
    params: ['xid8', 'uuid', 'timestamptz'],
    sql: `select sync_xid, ${shown} from app.transactions
where sync_xid >= $1 and sync_xid < pg_snapshot_xmin(pg_current_snapshot()) and (sync_xid, id) > ($1, $2) and id >= app.uuidv7_floor($3 - interval '90 days')
order by sync_xid, id limit 500`,
    args: (s) => [s.sync_xid, s.sync_id, asOf],
    plan: { tables: ['transactions'], index: 'tx_sync', pruned: ['transactions'], indexCond: 'sync_xid' },
  },
  {
    id: 'Q9',
    title: 'worker poll over all merchants',
    target: 50,
    role: 'momo_worker',
    params: ['timestamptz'],
    sql: `select id, merchant_id, submitted_at, expires_at from app.transactions
where status = 'pending' and submitted_at < $1 - interval '30 seconds' order by submitted_at limit 100 for update skip locked`,
    args: () => [asOf],
    plan: { tables: ['transactions'], index: 'tx_poll' },
  },
  {
    id: 'Q10',
    title: 'account statement with running balance',
    target: 20,
    settings: paging,
    params: ['uuid', 'uuid'],
    sql: `select id, amount_minor, balance_after_minor, transaction_id, posted_at from app.ledger_entries
where account_id = $1 and id < $2 order by id desc limit 100`,
    args: (s) => [s.wallet, s.cursor],
    plan: { tables: ['ledger_entries'], index: 'entries_statement' },
  },
  {
    id: 'Q11',
    title: 'sign-in: my merchants and my role',
    target: 5,
    context: 'user',
    params: ['uuid'],
    sql: `select merchant_id, role from app.merchant_members where user_id = $1 and status = 'active' and deleted_at is null`,
    args: (s) => [s.user],
    plan: { tables: [], index: 'merchant_members_mine' },
  },
  {
    id: 'Q12',
    title: 'audit trail of a row',
    target: 100,
    params: ['text', 'uuid'],
    sql: `select id, occurred_at, actor_user_id, db_role, op, changed_columns, old_data, new_data from audit.audit_log
where table_name = $1 and row_id = $2 order by id desc`,
    args: (s) => ['app.transactions', s.audited],
    plan: { tables: ['audit_log'], index: 'audit_row' },
  },
  settlement('Q13a', 'settlement close: a day of one account', 1),
  settlement('Q13b', 'settlement close: a week of one account', 7),
  {
    id: 'Q14',
    title: 'balance',
    target: 5,
    params: ['uuid', 'text'],
    sql: `select balance_minor - held_minor as available_minor from app.accounts where merchant_id = $1 and kind = 'merchant_wallet' and currency = $2 and shard = 0`,
    args: (s) => [s.merchant, s.currency],
    plan: { tables: [], index: 'accounts_one_of_a_kind' },
  },
]

/** What closing a settlement adds up, for as many days as its schedule says. */
function settlement(id, title, days) {
  return {
    id,
    title,
    target: 300,
    role: 'momo_worker',
    params: ['uuid', 'timestamptz', 'timestamptz', 'uuid'],
    // A transaction's id is older than its entries by as long as a phone may be offline.
    sql: `select t.type, count(*), sum(-e.amount_minor) as net_minor, sum(t.fee_minor) as fee_minor
from app.ledger_entries e join app.transactions t on t.id = e.transaction_id
where e.account_id = $1 and e.merchant_id = $4 and e.id >= app.uuidv7_floor($2) and e.id < app.uuidv7_floor($3)
  and t.merchant_id = $4 and t.id >= app.uuidv7_floor($2 - interval '30 days') and t.id < app.uuidv7_floor($3 + interval '5 minutes') and t.status = 'successful'
group by t.type`,
    args: (s) => [s.wallet, at(midnight(s.moment) - days * day), at(midnight(s.moment)), s.merchant],
    plan: { tables: ['ledger_entries', 'transactions'], index: 'entries_statement', pruned: ['ledger_entries', 'transactions'] },
  }
}
