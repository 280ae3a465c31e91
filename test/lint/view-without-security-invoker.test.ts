import { check } from './check.ts'

const t = 'create table t (id int); alter table t enable row level security; create table u (id int);'

check('view-without-security-invoker', {
  'over a guarded table': { sql: `${t} create view v as select id from t`, finds: ['view:public.v'] },
  'that names no column': { sql: `${t} create view v as select count(*) from t`, finds: ['view:public.v'] },
  'with security_invoker': { sql: `${t} create view v with (security_invoker) as select id from t; create view w with (security_invoker = on) as select id from t`, finds: [] },
  'over another table': { sql: `${t} create view v as select id from u`, finds: [] },
  'over a view that says it': { sql: `${t} create view v with (security_invoker = true) as select id from t; create view w as select * from v`, finds: ['view:public.w'] },
})
