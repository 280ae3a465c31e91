// Merchants, who works for them and on what. Small tables: one statement each.
import { purposes as p } from './random.mjs'

/** The share of the rows that merchant k of n has is the chance that 1 + floor(n * r^4) is k: the largest has one in seven. */
const share = (k, n) => `(power(${k}::float8 / ${n}, 0.25) - power((${k} - 1)::float8 / ${n}, 0.25))`

export const peopleSql = ({ merchants: n, rows, startUs }) => `
select ops.load_reference_data();
select ops.set_deployment(is_live => false);

-- Person j owns merchant j; those after the owners are cashiers, and serve one or two merchants.
create table bench.person as
  select j, bench.uuid(${startUs} - 90000000000 + j * 1000, bench.bits(j, ${p.person})) as id from generate_series(1, ${n} * 5 / 2) j;
create unique index on bench.person (j);

create table bench.merchant as
  select k, bench.uuid(${startUs} - 80000000000 + k * 1000, bench.bits(k, ${p.business})) as id,
         (select id from bench.person where j = k) as owner_id,
         (array['UGX', 'UGX', 'UGX', 'UGX', 'UGX', 'UGX', 'GHS', 'GHS', 'RWF', 'KES'])[1 + (k * 7 % 10)] as currency,
         bench.uuid(${startUs} - 70000000000 + k * 1000, bench.bits(k, ${p.account})) as wallet_id,
         greatest(5, round(${rows} / 10.0 * ${share('k', n)}))::int as customers,
         array(select bench.uuid(${startUs} - 60000000000 + k * 1000 + d, bench.bits(k * 100 + d, ${p.install}))
               from generate_series(1, case when k <= ${n} / 100 then 50 else 2 end) d) as devices,
         array(select bench.uuid(${startUs} - 65000000000 + k * 1000 + d, bench.bits(k * 100 + d, ${p.outlet}))
               from generate_series(1, case when k <= ${n} / 100 then 10 else 0 end) d) as outlets,
         array(select q.id from generate_series(1, case when k <= ${n} / 100 then 10 else 2 end) c
               join bench.person q on q.j = ${n} + 1 + (k * 3 + c) % (${n} * 3 / 2)) as cashiers
  from generate_series(1, ${n}) k;
create unique index on bench.merchant (k);
analyze bench.merchant;


insert into app.users (id, created_at, auth_subject, msisdn_enc, msisdn_bidx, msisdn_last4, status)
  select id, bench.moment(${startUs} - 90000000000), 'idp|' || j, bench.ciphertext(j), bench.hash(0, j), lpad((j % 10000)::text, 4, '0'), 'active' from bench.person;

insert into app.merchants (id, created_at, legal_name, trading_name, country, default_currency, timezone, merchant_code, kyc_level, status)
  select id, bench.moment(${startUs} - 80000000000), 'Merchant ' || k || ' Ltd', 'Shop ' || k,
         case currency when 'UGX' then 'UG' when 'GHS' then 'GH' when 'RWF' then 'RW' else 'KE' end, currency,
         case currency when 'UGX' then 'Africa/Kampala' when 'GHS' then 'Africa/Accra' when 'RWF' then 'Africa/Kigali' else 'Africa/Nairobi' end, lpad(k::text, 6, '0'), 2, 'active'
  from bench.merchant;

insert into app.outlets (id, created_at, merchant_id, name, code)
  select outlet, bench.moment(${startUs} - 65000000000), id, 'Outlet ' || d, 'O' || d from bench.merchant, unnest(outlets) with ordinality x (outlet, d);

insert into app.merchant_members (id, merchant_id, user_id, role, status)
  select bench.uuid(${startUs} - 75000000000 + k * 1000 + c, bench.bits(k * 100 + c, ${p.member})), id, person, case when c = 0 then 'owner' else 'cashier' end, 'active'
  from (select k, id, 0 as c, owner_id as person from bench.merchant union all
        select m.k, m.id, c::int, u from bench.merchant m, unnest(m.cashiers) with ordinality x (u, c)) all_of_them;

insert into app.devices (id, merchant_id, user_id, install_id, platform, app_version, public_key, status)
  select device, id, case when d = 1 then owner_id else cashiers[1 + d % cardinality(cashiers)] end, bench.uuid4(bench.bits(k * 100 + d, 40), bench.bits(k * 100 + d, 41)),
         case when d % 3 = 0 then 'ios' else 'android' end, '1.4.2', bench.hash(k, d), 'active'
  from bench.merchant, unnest(devices) with ordinality x (device, d);

-- System accounts: the provider's float and what we earn, sixteen of each in each currency.
create table bench.system as
  select currency, shard::smallint as shard,
         bench.uuid(${startUs} - 95000000000 + shard, hashtextextended(currency, 1)) as float_id,
         bench.uuid(${startUs} - 95000000000 + 100 + shard, hashtextextended(currency, 2)) as fee_id
  from (select distinct currency from bench.merchant) c, generate_series(0, 15) shard;
analyze bench.system;
`

/** Customers: the shares of their merchants. */
export const customersSql = ({ startUs }) => `
insert into app.customers (id, created_at, merchant_id, msisdn_enc, msisdn_bidx, msisdn_last4)
  select bench.uuid(${startUs} - 50000000000 + m.k, bench.bits((m.k::bigint << 32) + c, ${p.party})), bench.moment(${startUs} - 50000000000), m.id,
         bench.ciphertext((m.k::bigint << 32) + c), bench.hash(m.k, c), lpad((c % 10000)::text, 4, '0')
  from bench.merchant m, generate_series(0, m.customers - 1) c;
`
