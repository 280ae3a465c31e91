set role momo_owner;
insert into app.currencies (code, numeric_code, exponent, name) values ('UGX', '800', 0, 'Uganda shilling'), ('GHS', '936', 2, 'Ghana cedi');
insert into app.users (id, auth_subject) values
  ('01900000-0000-7000-8000-00000000000a', 'alice'), ('01900000-0000-7000-8000-00000000000b', 'bob');
insert into app.merchants (id, legal_name, trading_name, country, default_currency, merchant_code, status) values
  ('01900000-0000-7000-8000-0000000000a1', 'Alice & Co Ltd', 'Alice', 'UG', 'UGX', '100001', 'active'),
  ('01900000-0000-7000-8000-0000000000b1', 'Bob Ltd', 'Bob', 'GH', 'GHS', '100002', 'active');
insert into app.merchant_members (merchant_id, user_id, role, status) values
  ('01900000-0000-7000-8000-0000000000a1', '01900000-0000-7000-8000-00000000000a', 'owner', 'active'),
  ('01900000-0000-7000-8000-0000000000b1', '01900000-0000-7000-8000-00000000000b', 'owner', 'active');
set role momo_ledger;
insert into app.transactions (merchant_id, type, direction, amount_minor, currency)
  select m, 'collection', 'in', 1000 + n, c
  from (values ('01900000-0000-7000-8000-0000000000a1'::uuid, 'UGX'), ('01900000-0000-7000-8000-0000000000b1', 'GHS')) x (m, c), generate_series(1, 3) n;
set role momo_api;
begin;
select api.begin_request('01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-0000000000a1');
select trading_name, merchant_code from app.merchants;
select amount_minor, currency, status from app.transactions order by id;
commit;
select count(*) as rows_without_a_request from app.transactions;
-- refused: a partition asked directly
select * from app.transactions_2026_11;
-- refused: somebody else's merchant
select api.begin_request('01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-0000000000b1');
-- refused: history is append-only, and nobody may empty it
truncate app.transactions;
reset role;
select table_name, op, db_role from audit.audit_log order by id limit 5;
