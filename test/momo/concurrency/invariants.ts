import type { Connection } from '../../../src/db/index.ts'
import { findings } from '../support/money.ts'
import { audited, insertsOf, lastWordOf, lastWords, updatesOf, versioned } from './audited.ts'

const final = `('successful', 'failed', 'expired', 'cancelled')`

/** What must hold whatever was done at once, from the tables alone: one count of what is wrong for each. */
const invariants = {
  'I1 a journal balances': `select count(*) from (select from app.ledger_entries group by transaction_id, currency having sum(amount_minor) <> 0) x`,
  'I2 a currency balances': `select count(*) from (select from app.ledger_entries group by currency having sum(amount_minor) <> 0) x`,
  'I3 a balance is the sum of its entries': `select count(*) from app.accounts a left join
     (select account_id, sum(amount_minor) as total from app.ledger_entries group by 1) e on e.account_id = a.id
     where a.balance_minor <> coalesce(e.total, 0) * case a.normal_side when 'debit' then 1 else -1 end`,
  'I4 versions have no gap, and balances follow each other': `select count(*) from (
     select e.account_version, row_number() over w as n, e.balance_after_minor,
            sum(e.amount_minor * case a.normal_side when 'debit' then 1 else -1 end) over w as running
     from app.ledger_entries e join app.accounts a on a.id = e.account_id window w as (partition by e.account_id order by e.account_version)) x
     where account_version <> n or balance_after_minor <> running`,
  'I4 the version of an account is the number of its entries': `select count(*) from app.accounts a where a.version <> (select count(*) from app.ledger_entries e where e.account_id = a.id)`,
  'I5 no account is below its floor': `select count(*) from app.accounts where not allow_negative and balance_minor - held_minor < 0 or held_minor < 0`,
  'I5 what is held is promised by open transactions': `select count(*) from app.accounts a left join (
     select coalesce(p.account_id, w.id) as id, sum(t.amount_minor + t.fee_minor) as amount from app.transactions t
     left join app.payouts p on p.transaction_id = t.id
     left join app.accounts w on w.merchant_id = t.merchant_id and w.kind = 'merchant_wallet' and w.currency = t.currency and w.shard = 0
     where t.status in ('queued', 'pending') and t.direction = 'out' group by 1) o on o.id = a.id where a.held_minor <> coalesce(o.amount, 0)`,
  'I6 a key has one transaction, and a transaction one key': `select count(*) from (
     select t.id from app.transactions t left join app.idempotency_keys k on k.merchant_id = t.merchant_id and k.transaction_id = t.id and k.scope = 'submit_transaction'
     where t.type in ('collection', 'deposit', 'disbursement', 'withdrawal') group by t.id having count(k.key) <> 1
     union all select k.transaction_id from app.idempotency_keys k where k.transaction_id is not null group by k.merchant_id, k.transaction_id having count(*) > 1
     union all select k.transaction_id from app.idempotency_keys k where k.state <> 'completed') x`,
  // What is debited in all is what was moved: another journal doubles it, under whatever numbers and whichever way it goes.
  'I6 a transaction that succeeded has one journal, no other has any': `select count(*) from app.transactions t left join (
     select e.transaction_id, sum(e.amount_minor) filter (where e.amount_minor > 0) as debited, count(distinct e.entry_seq) as numbers, count(*) as legs, max(e.entry_seq) as last
     from app.ledger_entries e group by 1) j on j.transaction_id = t.id
     where case when t.status <> 'successful' then j.transaction_id is not null
           else j.transaction_id is null or j.legs <> j.numbers or j.legs <> j.last
             or j.debited <> t.amount_minor + case t.direction when 'out' then t.fee_minor else 0 end end`,
  'I7 every row is in the audit log once, and nothing else is': `select ${audited.map((t) => insertsOf(t)).join(' + ')}`,
  'I7 every change of a row is in the audit log': `select ${versioned.map((t) => updatesOf(t)).join(' + ')}`,
  'I7 the last change in the audit log is what the row says': `select ${lastWords.map(([t, c]) => lastWordOf(t, c)).join(' + ')}`,
  'I8 a final status stays': `select (select count(*) from app.transaction_status_history where from_status in ${final})
     + (select count(*) from audit.audit_log where table_name = 'app.transactions' and op = 'UPDATE' and old_data ->> 'status' in ${final})`,
  'I8 a status is the last of its history, and each step follows the one before': `select (
     select count(*) from app.transactions t
     left join (select distinct on (transaction_id) transaction_id, to_status from app.transaction_status_history order by transaction_id, id desc) h on h.transaction_id = t.id
     where t.status <> coalesce(h.to_status, case when t.type = 'adjustment' then 'successful' when t.status = 'queued' then 'queued' else 'pending' end))
   + (select count(*) from (select from_status, lag(to_status) over (partition by transaction_id order by id) as before from app.transaction_status_history) x where before <> from_status)`,
  'I8 a status is the last of the audit log, and has as many steps there as in its history': `select count(*) from app.transactions t
     left join (select row_id, count(*) as steps, (array_agg(new_data ->> 'status' order by id desc))[1] as last from audit.audit_log
                where table_name = 'app.transactions' and 'status' = any (changed_columns) group by 1) l on l.row_id = t.id
     left join (select transaction_id, count(*) as steps from app.transaction_status_history group by 1) h on h.transaction_id = t.id
     where l.last <> t.status or coalesce(l.steps, 0) <> coalesce(h.steps, 0)`,
  'I9 refunds do not exceed the original': `select count(*) from (select from app.refunds r join app.transactions t on t.id = r.original_transaction_id
     where r.status not in ('failed', 'rejected') group by t.id, t.amount_minor having sum(r.amount_minor) > t.amount_minor) x`,
} as const

/** The invariants that do not hold, with how often. Reads only, also within a transaction. */
export async function wrong(admin: Connection): Promise<string[]> {
  const out: string[] = []
  for (const [name, sql] of Object.entries(invariants)) {
    const [row] = await admin.query<{ n: string }>(`select (${sql})::text as n`)
    if (row!.n !== '0') out.push(`${name}: ${row!.n}`)
  }
  return out
}

/** The same, and what ops.verify_ledger() finds: the two are written apart and must agree. */
export async function broken(admin: Connection): Promise<string[]> {
  const out = await wrong(admin)
  const found = await findings(admin)
  if (found.length > 0) out.push(`ops.verify_ledger(): ${found.map((f) => f.check_name).join(', ')}`)
  return out
}

export const invariantNames = Object.keys(invariants)
