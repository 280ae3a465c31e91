import { check } from './check.ts'

check('policy-without-role', {
  'for everyone': { sql: 'create table t (id int); create policy p on t using (true)', finds: ['policy:public.t.p'] },
  'for a role': { sql: 'create table t (id int); create policy p on t to pg_monitor using (true)', finds: [] },
})
