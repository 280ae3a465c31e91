// What the transactions of a month did to accounts. Balances and versions run on from month to month, so each month is first
// summed up for each account and then posted, and months can be posted at the same time.
import { purposes as p } from './random.mjs'

/** The legs of a month's journals: debits are positive, credits negative. */
const legs = (month) => `
  select t.id as transaction_id, t.completed_at, t.currency, l.seq, l.account_id, l.merchant_id, l.amount
  from app.transactions_${month.suffix} t
  join bench.merchant m on m.id = t.merchant_id
  join bench.system s on s.currency = t.currency and s.shard = uuid_hash(t.id) & 15
  cross join lateral (values
    (1, s.float_id, null::uuid, case t.direction when 'in' then t.amount_minor::bigint else -t.amount_minor end),
    (2, m.wallet_id, m.id, case t.direction when 'in' then t.fee_minor - t.amount_minor else t.amount_minor + t.fee_minor end),
    (3, s.fee_id, null::uuid, -t.fee_minor)) l (seq, account_id, merchant_id, amount)
  where t.status = 'successful' and l.amount <> 0`

export const turnoverTable = 'create table bench.turnover (month int, account_id uuid, entries bigint, amount numeric);'

export const turnoverSql = (month) => `
insert into bench.turnover select ${month.number}, account_id, count(*), sum(amount) from (${legs(month)}) legs group by account_id;`

/** Accounts as they stand at the end, and for each month as they stood when it began. */
export const accountsSql = ({ startUs }) => `
create table bench.account as
  select wallet_id as id, id as merchant_id, 'merchant_wallet' as kind, currency, 'credit' as normal_side, 0 as shard from bench.merchant union all
  select float_id, null, 'provider_float', currency, 'debit', shard from bench.system union all
  select fee_id, null, 'fee_income', currency, 'credit', shard from bench.system;
insert into app.accounts (id, created_at, merchant_id, kind, currency, normal_side, balance_minor, allow_negative, version, shard)
  select a.id, bench.moment(${startUs} - 95000000000), a.merchant_id, a.kind, a.currency, a.normal_side,
         coalesce(case a.normal_side when 'debit' then t.amount else -t.amount end, 0)::bigint, a.merchant_id is null, coalesce(t.entries, 0), a.shard
  from bench.account a left join (select account_id, sum(entries) as entries, sum(amount) as amount from bench.turnover group by account_id) t on t.account_id = a.id;
create table bench.opening as
  select m as month, a.id as account_id, case a.normal_side when 'debit' then 1 else -1 end as side,
         coalesce(sum(t.entries), 0)::bigint as version, coalesce(sum(t.amount), 0)::bigint as amount
  from bench.account a cross join generate_series(0, 11) m left join bench.turnover t on t.account_id = a.id and t.month < m
  group by m, a.id, a.normal_side;
analyze bench.opening;`

export const entriesSql = (month) => `
insert into app.ledger_entries_${month.suffix} (id, created_at, merchant_id, transaction_id, account_id, currency, amount_minor, balance_after_minor, account_version, entry_seq, posted_at)
select l.id, l.completed_at, l.merchant_id, l.transaction_id, l.account_id, l.currency, l.amount,
       o.side * (o.amount + sum(l.amount) over w), o.version + row_number() over w, l.seq, l.completed_at
from (select legs.*, bench.uuid((extract(epoch from completed_at) * 1000000)::bigint + seq, uuid_hash_extended(transaction_id, ${p.entry} + seq)) as id
      from (${legs(month)}) legs offset 0) l
join bench.opening o on o.month = ${month.number} and o.account_id = l.account_id
window w as (partition by l.account_id order by l.id)
order by l.id;`
