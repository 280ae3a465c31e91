-- Odd names, and something of every kind in more than its simplest form.
do $$ begin
  if not exists (select from pg_roles where rolname = 'pull_group') then
    create role pull_group; create role "pull_Odd ""role" login connection limit 3 in role pull_group; alter role "pull_Odd ""role" set search_path = app, "Odd"; grant pull_group to "pull_Odd ""role" with admin option;
  end if;
end $$;
create schema app; create schema "Odd ""schema"""; create schema "class" authorization pull_group; create schema "odd schema";
comment on schema app is E'back\\slash and `tick` and ${x} and ''quote''';
set search_path = '';

create type app.mood as enum ('sad', 'it''s', '`', '${x}', 'back\slash');
create type app."Weird ""type""" as enum ();
create domain app.minor as bigint default 0 not null constraint minor_check check (value >= 0) constraint "second check" check (value < 1000000);
alter domain app.minor add constraint later check (value <> 13) not valid;
comment on constraint minor_check on domain app.minor is 'no debt';
create domain app.over as app.minor; create domain app.words as text collate "C" default 'x'; create domain app.mood_domain as app.mood default 'sad';
create type app.pair as ("left" int, "10" text collate "C", "9" numeric(4,2)); comment on column app.pair."left" is 'the left'; comment on type app.pair is 'two'; 
create type app.holder as (p app.pair, m app.mood[]);
create type app.span as range (subtype = float8, subtype_diff = float8mi); create type app.plain as range (subtype = text, collation = "C", multirange_type_name = app.plains);

create sequence app.numbers as int start 7 increment -2 minvalue -100 maxvalue 7 cache 3 cycle; create unlogged sequence app.huge maxvalue 9007199254740993;
comment on sequence app.numbers is 'n';

create function app.touch() returns trigger language plpgsql as $f$ begin new.x := '`${y}\'; return new; end $f$;
create function app.ends() returns text language sql as $f$ select '\`' || '\${' || '\' $f$;
create function app.crlf() returns text language sql as E'select ''1''\r\n';
create function app.many(a int, "B c" app.mood default 'sad', d varchar(5) default 'a,b', e numeric(4,2) default (1 + 2), variadic f text[] default '{}')
  returns app.mood language sql immutable strict parallel safe leakproof security definer cost 5 set search_path = app, "Odd" set work_mem = '1MB' as 'select null::app.mood';
create function app.many(int, text) returns table (a int, "B" timestamptz) language sql rows 5 as 'select 1, now()';
create function app.outs(in a int, out b text, inout c app.pair, out "10" int, out "9" int) language plpgsql stable as 'begin end';
create function app."Weird ""fn""("("in" int, int) returns setof app.holder language sql as 'select null::app.holder';
create function app.parsed(a int, b text) returns bigint language sql begin atomic select a; select length(b)::bigint; end;
create function app.returned(a int) returns int language sql return a + 1;
create function app.chars(a char, b bit, c "char", d interval, e char[]) returns void language sql as '';
create function app.windowed() returns int8 language internal window as 'window_row_number';
create function app.public() returns int language sql as 'select 1';
revoke execute on function app.public() from public;
grant execute on function app.public() to pull_group with grant option;
create procedure app.doit(a int, inout b text default 'x') language plpgsql as 'begin end';
comment on procedure app.doit is 'does it';
create function app.accumulate(s int, v int) returns int language sql as 'select s + v';
create aggregate app.total(int) (sfunc = app.accumulate, stype = int, initcond = '0');
comment on aggregate app.total(int) is 'sum';
create aggregate app.counted(*) (sfunc = int8inc, stype = int8, initcond = '0');

create table app.parents (
  id uuid primary key default gen_random_uuid(), number bigint, code varchar(10), mood app.mood default 'it''s', unique (number, code),
  constraint "Weird ""key""" unique nulls not distinct (code) include (mood) deferrable initially deferred
);
create table app."class" (
  id serial primary key, "select" smallserial, "Weird ""col""" bigserial, "__proto__" int, "constructor" text, "10" int, "9" int,
  parent uuid references app.parents on delete cascade on update set null, number int, code varchar(20),
  foreign key (number, code) references app.parents (number, code) match full deferrable initially deferred,
  other uuid, foreign key (other) references app.parents (id) on delete set null (other), above int constraint up references app."class", sideways smallint
);
alter table app."class" add unique ("select"), add constraint aside foreign key (sideways) references app."class" ("select") not valid;
create table app.circle_a (id int primary key, b int);
create table app.circle_b (id int primary key, a int references app.circle_a);
alter table app.circle_a add foreign key (b) references app.circle_b;
alter table app.circle_a add foreign key (id) references app.circle_a;
comment on table app."class" is 'table';
comment on column app."class"."Weird ""col""" is 'column';
comment on constraint up on app."class" is 'fk';
comment on constraint class_pkey on app."class" is 'pk';
create table app.everything (
  id bigint generated always as identity (start 10 increment 5), a int generated by default as identity, b numeric(10,2) default 1.50, c text default 'it''s `x` \ ${y}',
  d app.mood[] default '{}', e jsonb default '{"a": 1}', f app.over default 5, g app.words default 'y', h timestamp(3) default '2020-01-01',
  i interval day to second(2) default '1 day', j char(3) default 'abc', k bit(3), l varbit(5), m int[] default array[1,2], n int generated always as (b * 2) stored,
  o text collate "C", p app.span, q app.plains, r app.pair, s pg_catalog.regclass, t time(2) with time zone, u double precision default -0.5, v real default 'infinity',
  w bool default false, x bigint default 9223372036854775807, y oid default 5, z money
);
alter table app.everything alter c set storage external, alter c set compression pglz, alter c set statistics 77, alter c set (n_distinct = -0.5), alter o set storage main;
alter table app.everything
  add constraint no_inherit check (id > 0) no inherit, add constraint late check (a > 0) not valid, add constraint "Weird ""check""" check (c <> '\`${x}');
create table app.booked (
  room int4range, during tsrange, exclude using gist (during with &&, room with =) where (room is not null) deferrable initially deferred
);
create index everything_lower on app.everything (lower(c), (b + 1) desc nulls last, c collate "C" text_pattern_ops nulls first) include (a, b) where w;
alter index app.everything_lower alter column 2 set statistics 500;
comment on index app.everything_lower is 'index';
create unique index "Weird ""index""" on app.everything using btree (c) with (fillfactor = 70);
create index on app.everything using gin (e jsonb_path_ops);
create index brinny on app.everything using brin (id) with (pages_per_range = 32);
alter table app.everything replica identity full;
alter table app.everything set (fillfactor = 80, autovacuum_enabled = false);
alter table app."class" replica identity using index class_pkey;
alter table app."class" cluster on class_pkey;
create unlogged table app.unlogged (a int);

create table app.events (id uuid not null, at timestamptz default now() not null, kind text, n int generated by default as identity, primary key (id, at)) partition by range (at);
create table app.events_1 partition of app.events for values from ('2026-01-01 00:00:00+00') to ('2026-02-01 00:00:00+00');
create table "odd schema".events_2 partition of app.events (kind default 'two', constraint own check (kind <> '')) for values from ('2026-02-01 00:00:00+00') to (maxvalue);
create table app.nested (day date, kind text, kept text) partition by range (day);
create table app.nested_old partition of app.nested for values from (minvalue) to ('2026-01-01') partition by list (lower(kind));
create table app.nested_old_a partition of app.nested_old for values in ('a', null, E'back\\slash') partition by list (kept);
create table app.nested_old_a_b partition of app.nested_old_a for values in ('b''b');
create table app.nested_old_rest partition of app.nested_old default;
create index events_kind on app.events (kind);
create index only_there on app.events_1 (kind, n);
alter table app.events_1 enable row level security;
create trigger own before insert on app.events_1 for each row execute function app.touch();
grant select on app.events_1 to pull_group;
alter table "odd schema".events_2 add constraint local foreign key (id) references app.parents;
create table app.to_partition (id uuid, at timestamptz, foreign key (id, at) references app.events_1 (id, at));
create table app.hashed (a int, b bigint, c bool) partition by hash (a, b);
create table app.hashed_0 partition of app.hashed for values with (modulus 2, remainder 0);
create table app.numbers_by (a int, b bigint, c numeric) partition by range (a, b, c);
create table app.numbers_1 partition of app.numbers_by for values from (-1, 1, 1.5) to (5, maxvalue, maxvalue);
create table app.flags (a bool) partition by list (a);
create table app.flag partition of app.flags for values in (true);
create table app.by_expr (a int, b text) partition by range ((a + 1), b collate "C" text_pattern_ops);
create table app.by_expr_1 partition of app.by_expr for values from (1, 'a') to (5, 'b) TO (c');

create table app.base (id int not null, name text default 'x', check (id > 0));
create table app.second (name text default 'x', more int);
create table app.derived (own int, name text default 'y' not null) inherits (app.base, app.second);
create table app.copied () inherits (app.base);
comment on column app.copied.name is 'inherited';
alter table app.copied alter name set statistics 5;
alter table app.copied add primary key (id);

alter table app.parents enable row level security;
alter table app.parents force row level security;
create policy "Weird ""policy""" on app.parents as restrictive for update to "pull_Odd ""role", pull_group using (code = '\`') with check (true);
create policy everyone on app.parents;
comment on policy everyone on app.parents is 'policy';
create policy not_enabled on app.base for select using (id > 1);
alter table app.second force row level security;
create trigger "Weird ""trigger""" before update of code, number or insert on app.parents for each row when (new.code is distinct from '`') execute function app.touch('a', '', 'it''s');
comment on trigger "Weird ""trigger""" on app.parents is 'trigger';
create constraint trigger checked after insert on app.parents from app."class" deferrable initially deferred for each row execute function app.touch();
alter table app.parents enable always trigger checked;
create trigger seen after delete on app.parents referencing old table as gone for each statement execute function app.touch();
create trigger suppress before update on app.everything for each row execute function suppress_redundant_updates_trigger();

create view app.v with (security_invoker = true, security_barrier = on, check_option = local) as
  select id, code, '\`${x}'::text as "Weird ""c""" from app.parents where number > 0;
alter view app.v alter code set default 'c';
comment on view app.v is 'view';
comment on column app.v.code is 'code';
grant select (id, code) on app.v to pull_group;
create trigger instead instead of insert on app.v for each row execute function app.touch();
create view "odd schema"."Weird ""view""" as select 1 as a;
create materialized view app.m as select id, code from app.parents with no data;
create unique index m_id on app.m (id);
comment on materialized view app.m is 'm';
comment on column app.m.id is 'of m';
create rule "Weird ""rule""" as on insert to app.unlogged do also select '`${x}';
alter table app.unlogged disable rule "Weird ""rule""";
create rule on_view as on delete to app.v do instead nothing;
comment on rule on_view on app.v is 'rule';
create rule on_part as on delete to app.events_1 do instead nothing;

grant usage on schema app to pull_group;
grant create on schema app to pull_group with grant option;
grant select, insert on app.parents to public;
grant all on app.parents to pull_group;
grant update (code) on app.parents to "pull_Odd ""role";
revoke all on app.second from current_user;
revoke insert on app.base from current_user;
revoke usage on type app.mood from public;
grant usage on type app.pair to pull_group;
grant usage on sequence app.numbers to pull_group;
grant select on sequence app.class_id_seq to pull_group;
alter table app.circle_a owner to pull_group;
revoke update on app.circle_a from pull_group;
alter function app.public() owner to "pull_Odd ""role";
alter type app.pair owner to pull_group;
alter domain app.words owner to pull_group;
alter default privileges for role pull_group grant select on tables to public;
alter default privileges for role pull_group in schema app grant execute on functions to "pull_Odd ""role" with grant option;
alter default privileges for role pull_group revoke execute on functions from public;
reset search_path;
