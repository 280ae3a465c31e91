import { sql, view } from 'pgintent'
import { api } from '../namespaces.ts'
import { backOffice, momoCompliance, momoWorker } from '../roles.ts'
import { asAsked } from './masking.ts'

export const rlsCoverage = view(api, 'v_rls_coverage', {
  ...asAsked,
  as: sql`
    select t.*, t.row_security and t.forced and t.truncate_guard and (t.audited or t.namespace = 'audit' and t.table_name ~ '^audit_log')
           and case when t.is_partition then t.policies = 0 and t.grantees = 0 else t.policies > 0 end as ok
    from (
      select n.nspname::text as namespace, c.relname::text as table_name, c.relispartition as is_partition, c.relrowsecurity as row_security, c.relforcerowsecurity as forced,
             (select count(*) from pg_catalog.pg_policy p where p.polrelid = c.oid) as policies,
             exists (select from pg_catalog.pg_trigger g join pg_catalog.pg_proc f on f.oid = g.tgfoid join pg_catalog.pg_namespace fn on fn.oid = f.pronamespace
                     where g.tgrelid = c.oid and g.tgenabled = 'A' and fn.nspname = 'audit' and f.proname = 'log_change') as audited,
             exists (select from pg_catalog.pg_trigger g where g.tgrelid = c.oid and g.tgenabled = 'A' and g.tgtype & 34 = 34) as truncate_guard,
             (select count(distinct x.grantee) from aclexplode(c.relacl) x where x.grantee <> c.relowner) as grantees
      from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname in ('app', 'audit', 'ops')) t`,
  comment:
    'Every table, partitions included: row security on and forced, policies, an audit trigger and a TRUNCATE guard that no session can silence. A partition has no policy and no grant, so that it cannot be read past its parent. Where ok is false, somebody changed what was declared.',
  grants: [{ to: [momoWorker, momoCompliance, ...backOffice], privileges: ['select'] }],
})
