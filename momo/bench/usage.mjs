// How large tables and indexes are, and which indexes the queries used.
import { setTimeout } from 'node:timers/promises'

/** Forgets what was counted until now. */
export const resetUsage = (connection) => connection.script('select pg_stat_reset()')

/** One row for each table and each of its indexes; those of partitions are added up. Sizes in bytes, scans since the reset. */
export async function usage(connection) {
  // Sessions report what they counted when they end, or within a second.
  await setTimeout(1500)
  await connection.script('select pg_stat_clear_snapshot()')
  const tables = await connection.query(`
    select n.nspname || '.' || c.relname as name, coalesce(sum(pg_table_size(t.relid)), 0)::bigint as bytes, coalesce(sum(pg_indexes_size(t.relid)), 0)::bigint as index_bytes,
           coalesce(sum(greatest(r.reltuples, 0)), 0)::bigint as rows, count(*) filter (where r.relkind = 'r')::int as parts
    from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral pg_partition_tree(c.oid) t join pg_class r on r.oid = t.relid and r.relkind = 'r'
    where n.nspname in ('app', 'audit') and c.relkind = 'p' group by 1
    union all
    select n.nspname || '.' || c.relname, pg_table_size(c.oid), pg_indexes_size(c.oid), greatest(c.reltuples, 0)::bigint, 1
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('app', 'audit') and c.relkind = 'r' and not c.relispartition
    order by 2 desc, 1`)
  const indexes = await connection.query(`
    select n.nspname || '.' || t.relname as table, i.relname as name, obj_description(i.oid, 'pg_class') as comment, x.indisprimary as primary, x.indisunique as unique,
           coalesce(sum(pg_relation_size(leaf.relid)), 0)::bigint as bytes, coalesce(sum(s.idx_scan), 0)::bigint as scans
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid join pg_namespace n on n.oid = t.relnamespace
    cross join lateral (select relid from pg_partition_tree(i.oid) where isleaf union select i.oid where i.relkind = 'i') leaf
    left join pg_stat_user_indexes s on s.indexrelid = leaf.relid
    where n.nspname in ('app', 'audit') and not i.relispartition
    group by 1, 2, 3, 4, 5 order by 6 desc, 1, 2`)
  return { tables, indexes }
}
