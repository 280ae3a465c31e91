import { check } from './check.ts'

check('grant-to-public', {
  'on a table, a column and a namespace': {
    sql: 'create schema s; create table t (id int, n int); grant select on t to public; grant update (n) on t to public; grant usage on schema s to public',
    finds: ['grant(column:public.t.n).public', 'grant(namespace:s).public', 'grant(table:public.t).public'],
  },
  'what PostgreSQL gives by itself': {
    sql: `create function f() returns int language sql as 'select 1'; grant execute on function f() to pg_monitor; create type e as enum ()`,
    finds: [],
  },
  'to a role': { sql: 'create table t (id int); grant select on t to pg_monitor', finds: [] },
  'by default': { sql: 'alter default privileges in schema public grant select on tables to public', finds: ['default_grant:postgres.public.tables.public'] },
})
