/** Functions and procedures, but not the constructors that come with a range type; aggregates are a kind of their own. */
export const catalog = `
  select json_build_array(n.nspname, p.proname,
           (select coalesce(string_agg(format_type(t, null), ', ' order by i), '') from unnest(p.proargtypes::oid[]) with ordinality u(t, i))) as path,
         json_build_array(json_build_array(1255, p.oid::int8, 0)) as addresses,
         json_build_array(2615, n.oid::int8, 0) as parent,
         json_build_object(
           'routine', case p.prokind when 'f' then 'function' when 'p' then 'procedure' else 'window' end,
           'arguments', pg_get_function_arguments(p.oid),
           'returns', case when p.prokind <> 'p' then pg_get_function_result(p.oid) end,
           'language', l.lanname,
           'body', coalesce(pg_get_function_sqlbody(p.oid), p.prosrc), 'parsed', p.prosqlbody is not null,
           'library', case when l.lanname = 'c' then p.probin end,
           'volatility', case p.provolatile when 'v' then 'volatile' when 's' then 'stable' else 'immutable' end,
           'parallel', case p.proparallel when 'u' then 'unsafe' when 'r' then 'restricted' else 'safe' end,
           'strict', p.proisstrict, 'securityDefiner', p.prosecdef, 'leakproof', p.proleakproof,
           'cost', case when p.procost <> case when l.lanname in ('c', 'internal') then 1 else 100 end then p.procost end,
           'rows', case when p.proretset and p.prorows <> 1000 then p.prorows end,
           'support', nullif(p.prosupport::regproc::text, '-'),
           'settings', p.proconfig) as attrs
  from pg_proc p join n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
  where p.prokind <> 'a' and not exists (select from ext x where x.classid = 1255 and x.objid = p.oid)
    and not exists (select from pg_depend d where d.classid = 1255 and d.objid = p.oid and d.deptype = 'i')`
