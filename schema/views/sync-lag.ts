import { sql, view } from 'pgintent'
import { api } from '../namespaces.ts'
import { syncCursors } from '../offline/cursors.ts'
import { clusterEpoch } from '../offline/epoch.ts'
import { momoAuditor, momoWorker } from '../roles.ts'
import { asAsked } from './masking.ts'

export const syncLag = view(api, 'v_sync_lag', {
  ...asAsked,
  as: sql`
    select h.horizon, (h.latest::text::numeric - h.horizon::text::numeric)::bigint as held_back, w.pid as oldest_writer, w.usename::text as oldest_writer_role,
           w.application_name as oldest_writer_app, w.xact_start as oldest_writer_since, h.horizon_age > 300 as alarm,
           c.stream, c.devices, c.other_epoch, c.furthest_behind, c.longest_silent
    from (select pg_snapshot_xmin(s) as horizon, pg_snapshot_xmax(s) as latest,
                 extract(epoch from clock_timestamp() - (select min(a.xact_start) from pg_catalog.pg_stat_activity a where a.backend_xid is not null)) as horizon_age
          from pg_current_snapshot() s) h
    left join lateral (
      select a.pid, a.usename, a.application_name, a.xact_start from pg_catalog.pg_stat_activity a
      where a.datname = current_database() and a.backend_xid is not null order by age(a.backend_xid) desc limit 1) w on true
    left join lateral (
      select x.stream, count(*) as devices, count(*) filter (where x.epoch <> e.epoch) as other_epoch,
             max(h.horizon::text::numeric - x.last_xid::text::numeric) filter (where x.epoch = e.epoch)::bigint as furthest_behind, min(x.last_pull_at) as longest_silent
      from ${syncCursors} x cross join (select y.epoch from ${clusterEpoch} y order by y.id desc limit 1) e
      group by x.stream) c on true`,
  comment:
    'What phones cannot have yet. horizon: the transaction before which all have ended, which pulls stop at; held_back: how many began since; oldest_writer: who holds it back (when it began is shown to members of pg_read_all_stats, who are so alarmed after five minutes). Then stream by stream: devices, how many of another epoch, the furthest behind in transactions, and the longest silent.',
  grants: [{ to: [momoWorker, momoAuditor], privileges: ['select'] }],
})
