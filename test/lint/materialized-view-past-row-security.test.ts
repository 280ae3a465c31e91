import { check } from './check.ts'

const t = 'create table t (id int); alter table t enable row level security; create table u (id int);'

check('materialized-view-past-row-security', {
  'over a guarded table': { sql: `${t} create materialized view v as select id from t`, finds: ['materialized_view:public.v'] },
  'over another table': { sql: `${t} create materialized view v as select id from u`, finds: [] },
})
