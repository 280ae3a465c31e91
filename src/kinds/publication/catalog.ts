/** Its lists are objects of their own in the catalogs (pg_publication_rel, pg_publication_namespace), which pg_depend speaks of. */
export const catalog = (version: number): string => `
  select json_build_array(p.pubname) as path,
         (select json_agg(json_build_array(class, oid::int8, 0)) from (
            select 6104 as class, p.oid union all select 6106, r.oid from pg_publication_rel r where r.prpubid = p.oid
            union all select 6237, s.oid from pg_publication_namespace s where s.pnpubid = p.oid) a) as addresses,
         (select json_agg(json_build_array(2615, s.pnnspid::int8, 0)) from pg_publication_namespace s where s.pnpubid = p.oid) as needs,
         json_build_object('allTables', p.puballtables,
           'namespaces', (select coalesce(json_agg(sn.nspname order by sn.nspname collate "C"), '[]') from pg_publication_namespace s join pg_namespace sn on sn.oid = s.pnnspid where s.pnpubid = p.oid),
           'tables', (select coalesce(json_agg(json_build_object('table', json_build_array(cn.nspname, c.relname),
               'columns', case when r.prattrs is not null then (select json_agg(a.attname order by a.attnum) from unnest(r.prattrs::int2[]) u(attnum) join pg_attribute a on a.attrelid = c.oid and a.attnum = u.attnum) end,
               'where', pg_get_expr(r.prqual, r.prrelid)) order by cn.nspname collate "C", c.relname collate "C"), '[]')
             from pg_publication_rel r join pg_class c on c.oid = r.prrelid join pg_namespace cn on cn.oid = c.relnamespace where r.prpubid = p.oid),
           'publish', (select coalesce(json_agg(what order by i), '[]') from (values (p.pubinsert, 'insert', 1), (p.pubupdate, 'update', 2), (p.pubdelete, 'delete', 3), (p.pubtruncate, 'truncate', 4)) v(said, what, i) where said),
           'viaRoot', p.pubviaroot, 'generated', ${version >= 180000 ? `p.pubgencols = 's'` : 'false'}) as attrs
  from pg_publication p
  where not exists (select from ext x where x.classid = 6104 and x.objid = p.oid)`
