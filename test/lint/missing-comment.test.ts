import { check } from './check.ts'

check('missing-comment', {
  'off unless asked for': { sql: 'create table t (id int)', finds: [] },
  'tables, columns and views': {
    sql: `create table t (id int, n int) partition by range (id); create table t1 partition of t for values from (1) to (9); create view v as select 1 as one; comment on column t.n is 'N'`,
    level: 'warn',
    finds: ['column:public.t.id', 'table:public.t', 'view:public.v'],
  },
  'all said': { sql: `create table t (id int); comment on table t is 'T'; comment on column t.id is 'I'`, level: 'error', finds: [] },
})
