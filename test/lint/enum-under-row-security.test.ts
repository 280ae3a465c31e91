import { check } from './check.ts'

check('enum-under-row-security', {
  'with row security, also under a domain': {
    sql: `create type e as enum ('a'); create domain d as e; create table t (a e, b d, c text); alter table t enable row level security`,
    finds: ['column:public.t.a', 'column:public.t.b'],
  },
  'without row security': { sql: `create type e as enum ('a'); create table t (a e)`, finds: [] },
})
