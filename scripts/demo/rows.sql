set role momo_owner;
select ops.load_reference_data();
select ops.set_deployment(is_live => false);
select ops.open_system_accounts('UGX');
select ops.open_system_accounts('GHS');
insert into app.users (id, auth_subject) values
  ('01900000-0000-7000-8000-00000000000a', 'alice'), ('01900000-0000-7000-8000-00000000000b', 'bob');
insert into app.merchants (id, legal_name, trading_name, country, default_currency, merchant_code, status) values
  ('01900000-0000-7000-8000-0000000000a1', 'Alice & Co Ltd', 'Alice', 'UG', 'UGX', '100001', 'active'),
  ('01900000-0000-7000-8000-0000000000b1', 'Bob Ltd', 'Bob', 'GH', 'GHS', '100002', 'active');
insert into app.merchant_members (merchant_id, user_id, role, status) values
  ('01900000-0000-7000-8000-0000000000a1', '01900000-0000-7000-8000-00000000000a', 'owner', 'active'),
  ('01900000-0000-7000-8000-0000000000b1', '01900000-0000-7000-8000-00000000000b', 'owner', 'active');
select ops.open_accounts(id) from app.merchants;
set role momo_api;
begin;
select api.begin_request('01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-0000000000a1');
select trading_name, merchant_code from app.merchants;
select api.submit_transaction(null, 'order-1-of-monday', 'collection', 1500, 'UGX') ->> 'status' as first;
select api.submit_transaction(null, 'order-1-of-monday', 'collection', 1500, 'UGX') ->> 'replayed' as the_same_again;
select api.submit_transaction(null, 'order-2-of-monday', 'collection', 800, 'UGX') ->> 'status' as second;
select amount_minor, currency, status from app.transactions order by id;
commit;
begin;
select api.begin_request('01900000-0000-7000-8000-00000000000b', '01900000-0000-7000-8000-0000000000b1');
select api.submit_transaction(null, 'order-1-of-monday', 'collection', 2000, 'GHS') ->> 'replayed' as another_merchant;
commit;
select count(*) as rows_without_a_request from app.transactions;
set role momo_worker;
select api.settle_transaction(provider, environment, x_reference_id, 'SUCCESSFUL') ->> 'status' as settled
  from app.provider_references where merchant_id = '01900000-0000-7000-8000-0000000000a1' order by id limit 1;
select kind, currency, balance_minor from app.accounts where balance_minor <> 0 order by currency, kind, id;
select count(*) as findings from ops.verify_ledger();
set role momo_api;
-- refused: a partition asked directly
select * from app.transactions_2026_11;
-- refused: somebody else's merchant
select api.begin_request('01900000-0000-7000-8000-00000000000a', '01900000-0000-7000-8000-0000000000b1');
-- refused: history is append-only, and nobody may empty it
truncate app.transactions;
reset role;
select table_name, op, effective_role, new_data from audit.audit_log where table_name = 'app.transactions' order by id;
