/** Columns of tables. Columns of views are the view's own affair. */
export const catalog = (version: number): string => `
  select json_build_array(r.nspname, r.relname, a.attname) as path,
         case when d.oid is null then json_build_array(json_build_array(1259, r.oid::int8, a.attnum))
           else json_build_array(json_build_array(1259, r.oid::int8, a.attnum), json_build_array(2604, d.oid::int8, 0)) end as addresses,
         json_build_array(1259, r.oid::int8, 0) as parent,
         json_build_object(
           'type', format_type(a.atttypid, a.atttypmod),
           'notNull', a.attnotnull,
           'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end,
           'generated', case when a.attgenerated <> '' then json_build_object('expression', pg_get_expr(d.adbin, d.adrelid), 'stored', a.attgenerated = 's') end,
           'identity', case when a.attidentity <> '' then (
              select json_build_object('generated', case a.attidentity when 'a' then 'always' else 'by default' end, 'type', format_type(s.seqtypid, null),
                'start', s.seqstart::text, 'increment', s.seqincrement::text, 'minimum', s.seqmin::text, 'maximum', s.seqmax::text, 'cache', s.seqcache::text, 'cycle', s.seqcycle)
              from pg_depend i join pg_sequence s on s.seqrelid = i.objid
              where i.refclassid = 1259 and i.refobjid = r.oid and i.refobjsubid = a.attnum and i.classid = 1259 and i.deptype = 'i') end,
           'collation', case when a.attcollation <> t.typcollation then (select format('%I.%I', cn.nspname, co.collname) from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace where co.oid = a.attcollation) end,
           'storage', case when a.attstorage <> t.typstorage then case a.attstorage when 'p' then 'plain' when 'e' then 'external' when 'x' then 'extended' else 'main' end end,
           'compression', case a.attcompression when 'p' then 'pglz' when 'l' then 'lz4' end,
           'statistics', ${version >= 170000 ? 'a.attstattarget' : 'nullif(a.attstattarget, -1)'},
           'options', a.attoptions,
           'inherited', a.attinhcount > 0) as attrs,
         json_build_object('position', a.attnum) as facts
  from rel r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
  where r.relkind in ('r', 'p')
  order by r.nspname, r.relname, a.attnum`
