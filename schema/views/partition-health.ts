import { sql, view } from 'pgintent'
import { api } from '../namespaces.ts'
import { backOffice, momoCompliance, momoWorker } from '../roles.ts'
import { uuidv7Time } from '../uuid.ts'
import { asAsked } from './masking.ts'

export const partitionHealth = view(api, 'v_partition_health', {
  ...asAsked,
  as: sql`
    select n.nspname::text as namespace, p.relname::text as table_name, count(c.oid) as partitions, min(b.starts) as oldest, max(b.ends) as ready_until,
           floor(extract(epoch from max(b.ends) - now()) / 86400)::int as days_ahead,
           coalesce(bool_and(c.relrowsecurity and c.relforcerowsecurity), false) as secured,
           (coalesce(max(b.ends) < now() + interval '45 days', true) or coalesce(bool_or(not (c.relrowsecurity and c.relforcerowsecurity)), true)) as alarm
    from pg_catalog.pg_partitioned_table t
    join pg_catalog.pg_class p on p.oid = t.partrelid
    join pg_catalog.pg_namespace n on n.oid = p.relnamespace and n.nspname in ('app', 'audit')
    left join pg_catalog.pg_inherits i on i.inhparent = p.oid
    left join pg_catalog.pg_class c on c.oid = i.inhrelid
    left join lateral (
      select ${uuidv7Time}(m[1]::uuid) as starts, ${uuidv7Time}(m[2]::uuid) as ends
      from regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \(''([0-9a-f-]{36})''\) TO \(''([0-9a-f-]{36})''\)') m) b on true
    group by n.nspname, p.relname`,
  comment:
    'Until when each table that is partitioned by month has partitions. alarm: less than 45 days ahead, or one without row security. ops.ensure_partitions() makes more; without one for today, inserts fail.',
  grants: [{ to: [momoWorker, momoCompliance, ...backOffice], privileges: ['select'] }],
})
