/** tgtype bits: 1 row, 2 before, 4 insert, 8 delete, 16 update, 32 truncate, 64 instead (catalog/pg_trigger.h). */
export const catalog = `
  select json_build_array(r.nspname, r.relname, t.tgname) as path,
         json_build_array(json_build_array(2620, t.oid::int8, 0)) as addresses,
         json_build_array(1259, r.oid::int8, 0) as parent,
         json_build_object(
           'timing', case when t.tgtype & 64 <> 0 then 'instead of' when t.tgtype & 2 <> 0 then 'before' else 'after' end,
           'events', (select json_agg(e order by o) from (values (4, 'insert', 1), (8, 'delete', 2), (16, 'update', 3), (32, 'truncate', 4)) v(bit, e, o) where t.tgtype & bit <> 0),
           'updateOf', coalesce((select json_agg(a.attname order by u.n) from unnest(t.tgattr::int2[]) with ordinality u(attnum, n) join pg_attribute a on a.attrelid = r.oid and a.attnum = u.attnum), '[]'),
           'level', case when t.tgtype & 1 <> 0 then 'row' else 'statement' end,
           'oldTable', t.tgoldtable, 'newTable', t.tgnewtable,
           'function', json_build_array(pn.nspname, p.proname), 'arguments', encode(t.tgargs, 'hex'),
           'constraint', t.tgconstraint <> 0, 'deferrable', t.tgdeferrable, 'deferred', t.tginitdeferred,
           'from', (select json_build_array(fn.nspname, f.relname) from pg_class f join pg_namespace fn on fn.oid = f.relnamespace where f.oid = t.tgconstrrelid),
           'enabled', case t.tgenabled when 'O' then 'origin' when 'D' then 'disabled' when 'R' then 'replica' else 'always' end,
           'definition', pg_get_triggerdef(t.oid)) as attrs
  from pg_trigger t join rel r on r.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid join pg_namespace pn on pn.oid = p.pronamespace
  where not t.tgisinternal and t.tgparentid = 0 and not exists (select from ext x where x.classid = 2620 and x.objid = t.oid)`
