import { check } from './check.ts'

const guard = (t: string): string => `alter table ${t} enable row level security; alter table ${t} force row level security;`

check('tenant-table-without-forced-rls', {
  'no row security': { sql: 'create table t (id int, merchant_id int)', finds: ['table:public.t'] },
  'not forced': { sql: 'create table t (id int, tenant_id int); alter table t enable row level security', finds: ['table:public.t'] },
  'forced and not enabled': { sql: 'create table t (id int, tenant_id int); alter table t force row level security', finds: ['table:public.t'] },
  'enabled and forced': { sql: `create table t (id int, merchant_id int); ${guard('t')}`, finds: [] },
  'no tenant column': { sql: 'create table t (id int, merchant int)', finds: [] },
  'another tenant column': { sql: 'create table t (id int, shop_id int); create table u (merchant_id int)', finds: ['table:public.t'], options: { tenantColumns: ['shop_id'] } },
  'a partition that lets itself be read past its parent': {
    sql: `create table t (id int, merchant_id int) partition by range (id); create table t1 partition of t for values from (1) to (9); create table t2 partition of t for values from (9) to (20); ${guard('t')} ${guard('t2')}`,
    finds: ['table:public.t1'],
  },
})
