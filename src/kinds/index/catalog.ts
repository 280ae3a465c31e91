import { partNames } from '../constraint.ts'

/** Plain indexes, not those of constraints nor those attached to a partitioned index. */
export const catalog = `
  select json_build_array(ixn.nspname, ix.relname) as path,
         json_build_array(json_build_array(1259, ix.oid::int8, 0)) as addresses,
         json_build_array(1259, r.oid::int8, 0) as parent,
         json_build_object(
           'table', json_build_array(r.nspname, r.relname),
           'method', am.amname, 'unique', i.indisunique, 'nullsNotDistinct', i.indnullsnotdistinct,
           'on', (select json_agg(json_build_object(
                'column', a.attname,
                'expression', case when k.attnum = 0 then pg_get_indexdef(i.indexrelid, k.n::int, false) end,
                'opclass', case when not oc.opcdefault or ia.attoptions is not null then
                    case when ocn.nspname = 'pg_catalog' then quote_ident(oc.opcname) else format('%I.%I', ocn.nspname, oc.opcname) end
                    || coalesce(' (' || (select string_agg(quote_ident(split_part(o, '=', 1)) || '=' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ') from unnest(ia.attoptions) o) || ')', '') end,
                'collation', case when i.indcollation[k.n - 1] <> 0 and i.indcollation[k.n - 1] <> coalesce(a.attcollation, ety.typcollation) then
                    (select format('%I.%I', cn.nspname, co.collname) from pg_collation co join pg_namespace cn on cn.oid = co.collnamespace where co.oid = i.indcollation[k.n - 1]) end,
                'descending', i.indoption[k.n - 1] & 1 = 1,
                'nullsFirst', i.indoption[k.n - 1] & 2 = 2) order by k.n)
              from unnest(i.indkey::int2[]) with ordinality k(attnum, n)
              join pg_attribute ia on ia.attrelid = ix.oid and ia.attnum = k.n
              join pg_type ety on ety.oid = ia.atttypid
              left join pg_attribute a on a.attrelid = r.oid and a.attnum = k.attnum and k.attnum <> 0
              join pg_opclass oc on oc.oid = i.indclass[k.n - 1] join pg_namespace ocn on ocn.oid = oc.opcnamespace
              where k.n <= i.indnkeyatts),
           'include', coalesce((select json_agg(a.attname order by k.n) from unnest(i.indkey::int2[]) with ordinality k(attnum, n)
              join pg_attribute a on a.attrelid = r.oid and a.attnum = k.attnum where k.n > i.indnkeyatts), '[]'),
           'where', pg_get_expr(i.indpred, i.indrelid),
           'options', ix.reloptions, 'tablespace', ts.spcname,
           'statistics', coalesce((select json_object_agg(sa.attnum, sa.attstattarget) from pg_attribute sa where sa.attrelid = ix.oid and sa.attstattarget >= 0), '{}'),
           'valid', i.indisvalid or r.relkind = 'p') as attrs,
         case when r.relkind = 'p' then json_build_object('parts', ${partNames('ix.oid')}) end as facts
  from pg_index i join rel r on r.oid = i.indrelid join pg_class ix on ix.oid = i.indexrelid join pg_namespace ixn on ixn.oid = ix.relnamespace
  join pg_am am on am.oid = ix.relam left join pg_tablespace ts on ts.oid = ix.reltablespace
  where r.relkind in ('r', 'p', 'm')
    and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
    and not exists (select from pg_inherits h where h.inhrelid = i.indexrelid)`
