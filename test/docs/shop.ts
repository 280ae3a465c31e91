/** A small shop with everything that the documents show, and names that Mermaid and Markdown trip over. */
export const shop = `
create schema shop;
create schema "Odd ""ones""";
comment on schema shop is 'What is *sold*, and to whom.';
create type shop.state as enum ('open', 'it''s | paid');
create domain shop.minor as bigint check (value >= 0);
create function shop.tenant() returns uuid language sql stable security definer set search_path = shop, pg_temp as $$ select null::uuid $$;
create function shop.touch() returns trigger language plpgsql as $$ begin return new; end $$;
comment on function shop.tenant() is 'Whose rows these are.';

create table shop.tenants (id uuid primary key, name text not null unique);
create table shop.customers (
  id uuid primary key, tenant_id uuid not null references shop.tenants, email text, referred_by uuid references shop.customers,
  unique (tenant_id, id));
create table shop.profiles (customer_id uuid primary key references shop.customers on delete cascade, note varchar(20) default 'a|b');
create table shop.orders (
  id uuid not null, tenant_id uuid not null, customer_id uuid, state shop.state not null default 'open', total shop.minor not null,
  at timestamptz not null default now(), price numeric(10,2), "class" text, "pk" text, "two words" double precision, "__init__" text, tags text[],
  constraint orders_total check (total < 1000000000 or state = 'open'),
  primary key (id), foreign key (tenant_id, customer_id) references shop.customers (tenant_id, id)) partition by range (id);
create table shop.orders_a partition of shop.orders for values from ('00000000-0000-0000-0000-000000000000') to ('40000000-0000-0000-0000-000000000000');
create table shop.orders_b partition of shop.orders for values from ('40000000-0000-0000-0000-000000000000') to ('80000000-0000-0000-0000-000000000000');
create table shop.lines (order_id uuid references shop.orders, n int, primary key (order_id, n));
create table shop.counters (n int) partition by range (n);
create table shop.counters_10 partition of shop.counters for values from (10) to (20);
create table shop.counters_2 partition of shop.counters for values from (2) to (10);
create table shop.counters_rest partition of shop.counters default;
create table "Odd ""ones"""."class" (id int primary key, "direction LR" int, "a~b~c" int);
create table "Odd ""ones"""."CLASS" (id int primary key references "Odd ""ones"""."class");
create table "Odd ""ones"""."%%{init}%% [x] {y} #lt;" (id int primary key, "größe" int, "1st" int);

create index orders_open on shop.orders (tenant_id, at desc) include (total) where state = 'open';
comment on index shop.orders_open is 'What is still open';
create trigger touch before update of total on shop.orders for each row when (new.total <> old.total) execute function shop.touch();
comment on table shop.orders is E'Orders, one per basket.\\n\\n- not a list | nor a table\\n# nor a heading <b>bold</b>';
comment on column shop.orders.total is 'In "minor" units; 100%% of <it> -- \`x\` **y** _z_ $$a$$ direction TB ~q~ and much more text than fits';
alter table shop.orders enable row level security;
alter table shop.orders force row level security;
create policy tenant on shop.orders for select to pg_monitor using (tenant_id = (select shop.tenant()));
create policy writers on shop.orders as restrictive for insert to pg_monitor with check (total > 0);
alter table shop.customers enable row level security;
grant select, insert on shop.orders to pg_monitor;
grant select on shop.orders to pg_read_all_stats with grant option;
grant update (state, total) on shop.orders to pg_monitor;
create view shop.open_orders with (security_invoker) as select id, total from shop.orders where state = 'open';
create materialized view shop.totals as select tenant_id, sum(total) from shop.orders group by 1;
create unique index on shop.totals (tenant_id);
grant select on shop.open_orders to pg_monitor;
`
