import { namespaceFilter, type Scope } from './scope.ts'

/** Catalogs of what has no kind: name of the thing in the plural, and a SELECT of oid, class, name. */
const others: readonly (readonly [string, string])[] = [
  ['casts', `select c.oid, 2605 as class, format_type(c.castsource, null) || ' as ' || format_type(c.casttarget, null) as name from pg_cast c where c.oid >= 16384`],
  ['operators', `select o.oid, 2617, n.nspname || '.' || o.oprname from pg_operator o join n on n.oid = o.oprnamespace`],
  ['operator classes', `select o.oid, 2616, n.nspname || '.' || o.opcname from pg_opclass o join n on n.oid = o.opcnamespace`],
  [
    'operator families',
    `select o.oid, 2753, n.nspname || '.' || o.opfname from pg_opfamily o join n on n.oid = o.opfnamespace where not exists (select from pg_opclass c where c.opcfamily = o.oid)`,
  ],
  ['conversions', `select c.oid, 2607, n.nspname || '.' || c.conname from pg_conversion c join n on n.oid = c.connamespace`],
  ['text search configurations', `select c.oid, 3602, n.nspname || '.' || c.cfgname from pg_ts_config c join n on n.oid = c.cfgnamespace`],
  ['text search dictionaries', `select c.oid, 3600, n.nspname || '.' || c.dictname from pg_ts_dict c join n on n.oid = c.dictnamespace`],
  ['text search parsers', `select c.oid, 3601, n.nspname || '.' || c.prsname from pg_ts_parser c join n on n.oid = c.prsnamespace`],
  ['text search templates', `select c.oid, 3764, n.nspname || '.' || c.tmplname from pg_ts_template c join n on n.oid = c.tmplnamespace`],
  ['foreign tables', `select c.oid, 1259, n.nspname || '.' || c.relname from pg_class c join n on n.oid = c.relnamespace where c.relkind = 'f'`],
  ['foreign servers', `select s.oid, 1417, s.srvname::text from pg_foreign_server s`],
  ['foreign data wrappers', `select s.oid, 2328, s.fdwname::text from pg_foreign_data_wrapper s`],
  ['subscriptions', `select s.oid, 6100, s.subname::text from pg_subscription s where s.subdbid = (select oid from pg_database where datname = current_database())`],
  ['languages', `select l.oid, 2612, l.lanname::text from pg_language l where l.oid >= 16384`],
  ['access methods', `select a.oid, 2601, a.amname::text from pg_am a where a.oid >= 16384`],
  ['transforms', `select t.oid, 3576, format_type(t.trftype, null) from pg_transform t`],
  ['base types', `select t.oid, 1247, n.nspname || '.' || t.typname from pg_type t join n on n.oid = t.typnamespace where t.typtype = 'b' and t.typelem = 0`],
  ['shell types', `select t.oid, 1247, n.nspname || '.' || t.typname from pg_type t join n on n.oid = t.typnamespace where t.typtype = 'p'`],
  [
    'settings of this database',
    `select s.setrole, 2964, coalesce(r.rolname, 'every role') from pg_db_role_setting s left join pg_roles r on r.oid = s.setrole where s.setdatabase = (select oid from pg_database where datname = current_database())`,
  ],
  ['security labels', `select s.objoid, s.classoid::int, s.provider || ' ' || s.objoid from pg_seclabel s`],
]

/** Counts and names (at most 50 of each) of everything a plan leaves alone. Tables of namespaces outside the scope count too. */
export function unmanagedQuery(scope: Pick<Scope, 'namespaces'>): string {
  const parts = others.map(([what, sql], i) => `select ${i} as i, '${what}' as what, x.oid::int8, x.class::int8, x.name from (${sql}) x(oid, class, name)`)
  if (scope.namespaces !== '*') {
    const other = namespaceFilter({ ...scope, namespaces: '*' }, 'o.nspname')
    parts.push(`select 99, 'relations in other namespaces', c.oid::int8, 1259::int8, o.nspname || '.' || c.relname from pg_class c join pg_namespace o on o.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${other} and not exists (select from n where n.oid = o.oid)`)
  }
  return `select coalesce(json_agg(json_build_object('what', what, 'count', count, 'names', names) order by i), '[]'::json) from (
    select i, what, count(*) as count, to_json((array_agg(name order by name))[1:50]) as names
    from (${parts.join('\nunion all\n')}) u
    where not exists (select from ext e where e.classid = u.class and e.objid = u.oid) group by i, what) g`
}
