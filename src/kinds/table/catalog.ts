import { bytes, estimatedRows } from '../size.ts'

/** Tables and partitions. Inheritance parents come in their order (pg_inherits.inhseqno). */
export const catalog = `
  select json_build_array(r.nspname, r.relname) as path,
         json_build_array(json_build_array(1259, r.oid::int8, 0), json_build_array(1247, r.reltype::int8, 0), json_build_array(1247, ty.typarray::int8, 0)) as addresses,
         json_build_array(2615, r.relnamespace::int8, 0) as parent,
         json_build_object(
           'unlogged', r.relpersistence = 'u',
           'partitionBy', case when r.relkind = 'p' then pg_get_partkeydef(r.oid) end,
           'partitionOf', case when r.relispartition then (
              select json_build_object('table', json_build_array(pn.nspname, p.relname), 'bound', pg_get_expr(r.relpartbound, r.oid))
              from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = r.oid) end,
           'inherits', case when r.relispartition then '[]'::json else coalesce((
              select json_agg(json_build_array(pn.nspname, p.relname) order by i.inhseqno)
              from pg_inherits i join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace where i.inhrelid = r.oid), '[]') end,
           'ofType', case when r.reloftype <> 0 then format_type(r.reloftype, null) end,
           'options', r.reloptions,
           'accessMethod', case when am.amname <> 'heap' then am.amname end,
           'tablespace', ts.spcname,
           'replicaIdentity', case r.relreplident when 'd' then '"default"'::json when 'f' then '"full"'::json when 'n' then '"nothing"'::json
              else (select json_build_object('index', ic.relname) from pg_index i join pg_class ic on ic.oid = i.indexrelid where i.indrelid = r.oid and i.indisreplident) end,
           'clusterOn', (select ic.relname from pg_index i join pg_class ic on ic.oid = i.indexrelid where i.indrelid = r.oid and i.indisclustered)) as attrs,
         json_build_object('rows', ${estimatedRows}, 'bytes', ${bytes}) as facts
  from rel r join pg_type ty on ty.oid = r.reltype
  left join pg_am am on am.oid = r.relam left join pg_tablespace ts on ts.oid = r.reltablespace
  where r.relkind in ('r', 'p')`
