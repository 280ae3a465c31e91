/** What breaks an invariant, in SQL, with all triggers off; run in a transaction that is never committed. */
export interface Tampering {
  readonly what: string
  /** The beginning of the names of the invariants that must notice. */
  readonly notices: readonly string[]
  readonly sql: string
}

/** These are switched off, those that are always on and those of foreign keys too. */
export const tables = ['app.accounts', 'app.ledger_entries', 'app.transactions', 'app.transaction_status_history', 'app.refunds', 'app.idempotency_keys', 'audit.audit_log']

/** A collection that succeeded and was refunded in part. */
const one = `(select original_transaction_id from app.refunds limit 1)`
const wallet = `(select account_id from app.ledger_entries where transaction_id = ${one} and amount_minor < 0 limit 1)`
const again = (amount: string, seq: string): string =>
  `insert into app.ledger_entries (merchant_id, transaction_id, account_id, currency, amount_minor, balance_after_minor, account_version, entry_seq)
   select merchant_id, transaction_id, account_id, currency, ${amount}, balance_after_minor, account_version + 1000, ${seq} from app.ledger_entries where transaction_id = ${one}`

export const tamperings: readonly Tampering[] = [
  { what: 'a leg is gone', notices: ['I1', 'I2', 'I3', 'I7 every row'], sql: `delete from app.ledger_entries where account_id = ${wallet}` },
  { what: 'a leg is in another currency', notices: ['I1', 'I2'], sql: `update app.ledger_entries set currency = 'GHS' where transaction_id = ${one} and entry_seq = 1` },
  {
    what: 'money out of nothing, in a journal that another one balances',
    notices: ['I1', 'I3'],
    sql: `update app.ledger_entries set amount_minor = amount_minor + 1 where transaction_id = ${one} and entry_seq = 1;
      update app.ledger_entries set amount_minor = amount_minor - 1 where id = (select id from app.ledger_entries where transaction_id <> ${one} and currency = 'UGX' limit 1)`,
  },
  { what: 'a balance is rewritten', notices: ['I3', 'I7 the last'], sql: `update app.accounts set balance_minor = balance_minor + 3 where id = ${wallet}` },
  { what: 'a version is skipped', notices: ['I4', 'I7 the last'], sql: `update app.accounts set version = version + 1 where id = ${wallet}` },
  {
    what: 'a hold below zero',
    notices: ['I5 no account', 'I5 what is held'],
    sql: `alter table app.accounts drop constraint accounts_held_check; update app.accounts set held_minor = -1 where id = ${wallet}`,
  },
  { what: 'a hold that nobody needs', notices: ['I5 what is held'], sql: `update app.accounts set held_minor = held_minor + 1 where id = ${wallet}` },
  { what: 'a second journal under other numbers', notices: ['I6 a transaction that'], sql: again('amount_minor', 'entry_seq + 10') },
  { what: 'a second journal under the numbers that follow', notices: ['I6 a transaction that'], sql: again('amount_minor', 'entry_seq + 2') },
  { what: 'a second journal that takes the first back', notices: ['I6 a transaction that'], sql: again('-amount_minor', 'entry_seq + 2') },
  {
    what: 'a journal of what failed',
    notices: ['I6 a transaction that', 'I8 a final', 'I8 a status is the last of its'],
    sql: `update app.transactions set status = 'failed', failure_reason = 'tampered' where id = ${one};
      insert into app.transaction_status_history (merchant_id, transaction_id, from_status, to_status, source)
      select merchant_id, id, 'successful', 'expired', 'system' from app.transactions where id = ${one}`,
  },
  {
    what: 'a second transaction for a key',
    notices: ['I6 a key'],
    sql: `insert into app.transactions (id, merchant_id, type, status, direction, amount_minor, currency) select app.uuidv7(), merchant_id, type, 'pending', direction, amount_minor, currency
      from app.transactions where id = ${one}`,
  },
  { what: 'a transaction under two keys', notices: ['I6 a key'], sql: `update app.idempotency_keys set transaction_id = ${one} where scope = 'create_refund'` },
  { what: 'entries taken out of the log', notices: ['I7 every row'], sql: `delete from audit.audit_log where table_name = 'app.ledger_entries'` },
  {
    what: 'one row exchanged for another in the log, so that the count is right',
    notices: ['I7 every row'],
    sql: `update audit.audit_log set row_id = app.uuidv7() where id = (select id from audit.audit_log where table_name = 'app.transactions' and op = 'INSERT' limit 1)`,
  },
  {
    what: 'a change taken out of the log',
    notices: ['I7 every change'],
    sql: `delete from audit.audit_log where id = (select id from audit.audit_log where table_name = 'app.accounts' and op = 'UPDATE' order by id limit 1)`,
  },
  {
    what: 'a change that counts itself and is not in the log',
    notices: ['I7 every change'],
    sql: `update app.accounts set name = 'tampered', row_version = row_version + 1 where id = ${wallet}`,
  },
  {
    what: 'a final status changed past everything',
    notices: ['I8 a status is the last of its', 'I8 a status is the last of the'],
    sql: `update app.transactions set status = 'cancelled' where id = ${one}`,
  },
  {
    what: 'a final status changed with the history rewritten',
    notices: ['I8 a status is the last of the'],
    sql: `update app.transactions set status = 'expired' where id = ${one};
      update app.transaction_status_history set to_status = 'expired' where transaction_id = ${one}`,
  },
  {
    what: 'a final status changed past the history, in the log',
    notices: ['I8 a final', 'I8 a status is the last of its', 'I8 a status is the last of the'],
    sql: `alter table app.transactions enable always trigger z9_audit; alter table audit.audit_log enable always trigger a0_append_only;
      update app.transactions set status = 'expired', row_version = row_version + 1 where id = ${one}`,
  },
  {
    what: 'an adjustment that was undone',
    notices: ['I8 a status is the last of its'],
    sql: `update app.transactions set status = 'cancelled' where id = (select id from app.transactions where type = 'adjustment' limit 1)`,
  },
  { what: 'more refunded than there was', notices: ['I9'], sql: `update app.refunds set amount_minor = 1001 where original_transaction_id = ${one}` },
]
