import { kinds } from '../kinds/index.ts'
import { namespaceFilter, type Scope } from './scope.ts'
import { unmanagedQuery } from './unmanaged.ts'

/**
 * One statement that reads every kind's catalog, what depends on what, and what is not managed, as one JSON document.
 * It must run with an empty search_path, so that every name in every expression is printed qualified.
 */
export function introspectionQuery(version: number, scope: Pick<Scope, 'namespaces'>): string {
  const parts = kinds.map((k) => `'${k.kind}', (select coalesce(json_agg(k), '[]'::json) from (${k.catalog(version)}) k)`)
  return `with n as materialized (
    select oid, nspname from pg_namespace where ${namespaceFilter(scope, 'nspname')}
  ), ext as materialized (
    select classid, objid, refobjid from pg_depend where deptype = 'e' and refclassid = 3079
  ), rel as materialized (
    select c.*, n.nspname, c.oid as relid from pg_class c join n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'v', 'm', 'S', 'c') and not exists (select from ext e where e.classid = 1259 and e.objid = c.oid)
  )
  select json_build_object(${parts.join(',\n')},
    'depends', (${dependencies}),
    'members', (select coalesce(json_agg(json_build_array(e.classid::int8, e.objid::int8, x.extname)), '[]'::json) from ext e join pg_extension x on x.oid = e.refobjid
       where e.classid in (1247, 1255, 3456)),
    'unmanaged', (${unmanagedQuery(scope)})) as found`
}

/** pg_depend, without what system objects are part of, and without a sequence's owner, which is an object of its own: [classid, objid, refclassid, refobjid, refobjsubid]. */
const dependencies = `
  select coalesce(json_agg(json_build_array(d.classid::int8, d.objid::int8, d.objsubid, d.refclassid::int8, d.refobjid::int8, d.refobjsubid)), '[]'::json)
  from pg_depend d
  where d.deptype in ('n', 'a') and d.objid >= 16384 and d.refobjid >= 16384
    and d.classid in (1259, 1255, 1247, 2606, 2604, 2618, 2620, 3256, 3381, 3456, 3466, 6106) and d.refclassid in (1259, 1255, 1247, 2606, 3456)
    and not (d.deptype = 'a' and d.classid = 1259 and d.objid in (select oid from pg_class where relkind = 'S'))`
