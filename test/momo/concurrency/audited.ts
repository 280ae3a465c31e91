// The audit log against the tables. What is written of a table is counted on both sides; a row says itself how often it changed.

/** Tables whose rows are compared with the log. */
export const audited = [
  'app.transactions',
  'app.ledger_entries',
  'app.transaction_status_history',
  'app.accounts',
  'app.refunds',
  'app.payouts',
  'app.payment_requests',
  'app.provider_references',
  'app.idempotency_keys',
  'app.customers',
] as const

/** Those of them whose rows count their changes. The log leaves out a change of nothing, and nothing here makes one. */
export const versioned = ['app.transactions', 'app.accounts', 'app.refunds', 'app.payouts', 'app.payment_requests', 'app.customers'] as const

/** Columns of which the log keeps what they became. */
export const lastWords = [
  ['app.accounts', 'balance_minor'],
  ['app.accounts', 'held_minor'],
  ['app.accounts', 'version'],
  ['app.transactions', 'completed_at'],
  ['app.refunds', 'status'],
  ['app.payouts', 'status'],
] as const

type Audited = (typeof audited)[number]

/** Rows without exactly one INSERT in the log, and INSERTs without a row. */
export const insertsOf = (table: Audited): string => `(select count(*) from (select id from ${table}) t
  full join (select row_id, count(*) as n from audit.audit_log where table_name = '${table}' and op = 'INSERT' group by 1) l on l.row_id = t.id
  where t.id is null or l.n is distinct from 1)`

/** Rows that changed more or less often than the log says. */
export const updatesOf = (table: Audited): string => `(select count(*) from ${table} t
  left join (select row_id, count(*) as n from audit.audit_log where table_name = '${table}' and op = 'UPDATE' group by 1) l on l.row_id = t.id
  where t.row_version - 1 <> coalesce(l.n, 0))`

/** Rows in which a column is not what the log says that it last became. */
export const lastWordOf = (table: Audited, column: string): string => `(select count(*) from ${table} t
  join (select distinct on (row_id) row_id, new_data -> '${column}' as became from audit.audit_log
        where table_name = '${table}' and op = 'UPDATE' and '${column}' = any (changed_columns) order by row_id, id desc) l on l.row_id = t.id
  where to_jsonb(t.${column}) <> l.became)`
