// A month of transactions, in order of time as they arrive, so that the indexes that grow with time grow to the right.
import { asOf } from '../calendar.mjs'
import { purposes as p } from './random.mjs'

const START = Date.UTC(2026, 0, 1) * 1000
const YEAR = (Date.UTC(2027, 0, 1) - Date.UTC(2026, 0, 1)) * 1000

/** Each merchant's first transaction is a deposit large enough that no later one takes the wallet below zero. */
const opening = 100_000_000

/**
 * SQL that fills one partition. `xids` are the first and the last transaction of the server that rows may say they were
 * written by: the sync cursor moves with time, about ten rows to a transaction.
 */
export function transactionsSql({ merchants, seed }, month, xids) {
  const rows = month.to - month.from
  const rnd = (purpose) => `bench.rnd(n, ${purpose})`
  return `
insert into app.transactions_${month.suffix} (id, created_at, merchant_id, outlet_id, customer_id, device_id, initiated_by, type, status, direction, amount_minor, fee_minor, currency,
    payer_party_type, payer_enc, payer_bidx, payer_last4, payee_party_type, payee_enc, payee_bidx, payee_last4, reference, captured_at, submitted_at, completed_at, expires_at,
    provider_status, failure_reason, is_offline, metadata, updated_at, row_version, sync_xid, origin_device_id)
select id, at, merchant_id, outlet_id, case when known then bench.uuid(${START} - 50000000000 + k, bench.bits(party, ${p.party})) end, device_id, initiated_by,
    type, status, direction, amount, fee, currency,
    case when direction = 'in' then 'msisdn' end, case when direction = 'in' then bench.ciphertext(party) end,
    case when direction = 'in' then bench.hash(k, customer) end, case when direction = 'in' then lpad((customer % 10000)::text, 4, '0') end,
    case when direction = 'out' then 'msisdn' end, case when direction = 'out' then bench.ciphertext(party) end,
    case when direction = 'out' then bench.hash(k, customer) end, case when direction = 'out' then lpad((customer % 10000)::text, 4, '0') end,
    case when ${rnd(p.reference)} < 0.6 then 'ORD-' || to_hex(n * 7919 + ${seed}) end,
    case when offline then at - interval '20 minutes' end,
    case when status not in ('queued', 'cancelled') then at + interval '1 second' end,
    case when status in ('successful', 'failed', 'expired', 'cancelled') then done end,
    at + interval '5 minutes',
    case status when 'successful' then 'SUCCESSFUL' when 'failed' then 'FAILED' when 'pending' then 'PENDING' end,
    case status when 'failed' then 'NOT_ENOUGH_FUNDS' end,
    offline, case when n % 4 = 0 then jsonb_build_object('till', n % 9) else '{}' end, done,
    case status when 'queued' then 1 when 'pending' then 2 else 3 end,
    (${xids.first} + floor(${xids.last - xids.first} * ((us - ${START}) / ${YEAR}::float8))::bigint)::text::xid8, device_id
from (
  select d.*, m.id as merchant_id, m.currency, bench.moment(us) as at, bench.moment(us + 2000000 + (${rnd(p.delay)} * 60000000)::bigint) as done,
         bench.uuid(us, bench.bits(n, ${p.id})) as id,
         case when is_opening or open or r_type < 0.70 then 'collection' when r_type < 0.82 then 'disbursement' when r_type < 0.88 then 'deposit' when r_type < 0.93 then 'withdrawal'
              when r_type < 0.97 then 'payout' else 'refund' end as type,
         case when is_opening or open or r_type < 0.70 or (r_type >= 0.82 and r_type < 0.88) then 'in' else 'out' end as direction,
         case when is_opening then 'successful' when open then case when r_status < 0.3 then 'queued' else 'pending' end
              when r_status < 0.90 then 'successful' when r_status < 0.97 then 'failed' when r_status < 0.99 then 'expired' else 'cancelled' end as status,
         case when is_opening then ${opening} else floor(500 * exp(${rnd(p.amount)} * 5))::bigint end as amount,
         case when is_opening or ${rnd(p.fee)} < 0.5 then 0 else greatest(1, floor(5 * exp(${rnd(p.amount)} * 5)))::bigint end as fee,
         customer, (d.k::bigint << 32) + customer as party, ${rnd(p.customer)} > 0.4 as known,
         m.devices[1 + floor(${rnd(p.device)} * cardinality(m.devices))::int] as device_id,
         m.outlets[1 + floor(${rnd(p.outlet)} * cardinality(m.outlets))::int] as outlet_id,
         case when ${rnd(p.initiator)} < 0.2 then m.owner_id else m.cashiers[1 + floor(${rnd(p.initiator)} * cardinality(m.cashiers))::int] end as initiated_by
  from (
    select n, us, k, is_opening, ${rnd(p.type)} as r_type, ${rnd(p.status)} as r_status, ${rnd(p.offline)} < 0.1 as offline,
           -- Money comes in with what is still open: nothing is held.
           us > ${Date.parse(asOf) * 1000 - 3 * 86_400e6} and ${rnd(p.delay)} < 0.06 as open
    from (
      select n, ${month.startUs} + floor(((n - ${month.from}) + ${rnd(p.time)}) / ${rows} * ${month.spanUs})::bigint as us,
             n < ${merchants} as is_opening,
             case when n < ${merchants} then n + 1 else 1 + floor(${merchants} * power(${rnd(p.merchant)}, 4)) end::int as k
      from generate_series(${month.from}::bigint, ${month.to - 1}::bigint) n
      offset 0) numbered) d
  join bench.merchant m on m.k = d.k
  cross join lateral (select floor(bench.rnd(n, ${p.phone}) * m.customers)::bigint as customer) c
  offset 0) made;
`
}
