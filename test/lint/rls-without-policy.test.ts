import { check } from './check.ts'

check('rls-without-policy', {
  'no policies': { sql: 'create table t (id int); alter table t enable row level security', finds: ['table:public.t'] },
  'only restrictive ones': { sql: 'create table t (id int); alter table t enable row level security; create policy p on t as restrictive using (true)', finds: ['table:public.t'] },
  'a policy': { sql: 'create table t (id int); alter table t enable row level security; create policy p on t using (true)', finds: [] },
  'a partition is locked on purpose': {
    sql: 'create table t (id int) partition by range (id); create table t1 partition of t for values from (1) to (9); alter table t1 enable row level security',
    finds: [],
  },
})
