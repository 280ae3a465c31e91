import type { Connection } from '../../../src/db/index.ts'
import { findings } from '../support/money.ts'

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
  'I6 one transaction and one journal for a key': `select (select count(*) from (select from app.idempotency_keys where transaction_id is not null group by merchant_id, transaction_id having count(*) > 1) x)
     + (select count(*) from (select from app.ledger_entries group by transaction_id, entry_seq having count(*) > 1) y)`,
  'I7 what was written is in the audit log': `select abs((select count(*) from app.ledger_entries) - (select count(*) from audit.audit_log where table_name = 'app.ledger_entries' and op = 'INSERT'))
     + abs((select count(*) from app.transactions) - (select count(*) from audit.audit_log where table_name = 'app.transactions' and op = 'INSERT'))`,
  'I8 a final status stays': `select count(*) from app.transaction_status_history where from_status in ('successful', 'failed', 'expired', 'cancelled')`,
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
