// What triggers and foreign keys would have seen to. Entries of one transaction are in one month, so months are checked apart
// and joined by what each account stood at where they meet.

/** Each must find nothing. */
const rules = {
  'every journal adds up to zero and has two legs or more': (m) => `
    select count(*) from (select from app.ledger_entries_${m} group by transaction_id, currency having sum(amount_minor) <> 0 or count(*) < 2) x`,
  'every entry belongs to a successful transaction, and every successful transaction has entries': (m) => `
    select count(*) from (select t.id from app.transactions_${m} t where t.status = 'successful') t
    full join (select transaction_id from app.ledger_entries_${m} where entry_seq = 1) e on e.transaction_id = t.id where t.id is null or e.transaction_id is null`,
  'every entry names the merchant and the currency of its account': (m) => `
    select count(*) from app.ledger_entries_${m} e left join app.accounts a on a.id = e.account_id and a.currency = e.currency where a.id is null or a.merchant_id is distinct from e.merchant_id`,
  'every status in the history is that of its transaction': (m) => `
    select count(*) from app.transaction_status_history_${m} h left join app.transactions_${m} t on t.id = h.transaction_id and t.merchant_id = h.merchant_id
    where t.id is null or (h.to_status <> t.status and h.to_status <> 'pending')`,
  'every customer and outlet of a transaction is of its merchant': (m) => `
    select count(*) from app.transactions_${m} t left join app.customers c on c.id = t.customer_id and c.merchant_id = t.merchant_id
    left join app.outlets o on o.id = t.outlet_id and o.merchant_id = t.merchant_id where (t.customer_id is not null and c.id is null) or (t.outlet_id is not null and o.id is null)`,
  'every device and person of a transaction is of its merchant': (m) => `
    select count(*) from app.transactions_${m} t left join app.devices d on d.id = t.device_id and d.merchant_id = t.merchant_id
    left join app.merchant_members w on w.user_id = t.initiated_by and w.merchant_id = t.merchant_id where d.id is null or w.id is null`,
}

/** The same for the whole year. */
const totals = {
  'all entries of a currency add up to zero':
    'select count(*) from (select from bench.chain c join app.accounts a on a.id = c.account_id group by a.currency having sum(c.amount) <> 0) x',
  'every balance is the sum of its entries, every version their number': `
    select count(*) from app.accounts a left join (select account_id, sum(amount) as amount, sum(entries) as entries from bench.chain group by account_id) c on c.account_id = a.id
    where a.balance_minor <> coalesce(case a.normal_side when 'debit' then c.amount else -c.amount end, 0) or a.version <> coalesce(c.entries, 0)`,
  'versions have no gaps, and each balance follows from the one before': `
    select count(*) from (
      select breaks, first_version, lag(last_version, 1, 0::bigint) over w as version_before, first_balance, lag(last_balance, 1, 0::bigint) over w as balance_before
      from bench.chain window w as (partition by account_id order by month)) x
    where breaks <> 0 or first_version <> version_before + 1 or first_balance <> balance_before`,
  'no account is below its floor, at any time': `
    select count(*) from bench.chain c join app.accounts a on a.id = c.account_id where c.lowest < 0 and not a.allow_negative`,
}

const chainSql = ({ number, suffix }) => `
insert into bench.chain
select ${number}, account_id, count(*), sum(amount), min(version), max(version), sum((version - before <> 1 or balance - balance_before <> side * amount)::int),
       (array_agg(balance - side * amount order by version))[1], (array_agg(balance order by version desc))[1], min(balance)
from (
  select e.account_id, e.account_version as version, e.amount_minor as amount, e.balance_after_minor as balance, case a.normal_side when 'debit' then 1 else -1 end as side,
         lag(e.account_version) over w as before, lag(e.balance_after_minor) over w as balance_before
  from app.ledger_entries_${suffix} e join app.accounts a on a.id = e.account_id
  window w as (partition by e.account_id order by e.account_version)) x
group by account_id`

/** Returns the rules that hold; throws and names the first that does not. */
export async function verify({ connection, each, year }) {
  await connection.script(`drop table if exists bench.chain;
    create table bench.chain (month int, account_id uuid, entries bigint, amount numeric, first_version bigint, last_version bigint, breaks bigint, first_balance bigint, last_balance bigint, lowest bigint)`)
  await each(year.map((m) => (c) => c.script(chainSql(m))))
  const none = async (c, rule, sql, where) => {
    const [{ count }] = await c.query(sql)
    if (count !== 0) throw new Error(`seed, ${where}: ${count} rows break the rule "${rule}"`)
  }
  await each(
    year.flatMap((m) =>
      Object.entries(rules).map(
        ([rule, sql]) =>
          (c) =>
            none(c, rule, sql(m.suffix), m.suffix),
      ),
    ),
  )
  for (const [rule, sql] of Object.entries(totals)) await none(connection, rule, sql, 'the year')
  return [...Object.keys(rules), ...Object.keys(totals)]
}

/** After writes that went the ordinary way: the whole ledger, as the schema promises it. Throws when it does not hold. */
export async function verifyLedger(connection) {
  const [{ unbalanced, wrong, gaps }] = await connection.query(`
    with sums as (select account_id, count(*) as entries, max(account_version) as version, sum(amount_minor) as amount from app.ledger_entries group by account_id)
    select (select count(*) from (select from app.ledger_entries group by currency having sum(amount_minor) <> 0) x) as unbalanced,
           (select count(*) from app.accounts a left join sums s on s.account_id = a.id
            where a.balance_minor <> coalesce(case a.normal_side when 'debit' then s.amount else -s.amount end, 0) or a.version <> coalesce(s.version, 0)) as wrong,
           (select count(*) from sums where entries <> version) as gaps`)
  if (unbalanced + wrong + gaps > 0)
    throw new Error(`the ledger does not hold after the write path: ${unbalanced} currencies unbalanced, ${wrong} balances wrong, ${gaps} accounts with gaps`)
}
