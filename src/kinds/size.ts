/**
 * SQL for what relation `r` takes on disk, its TOAST included, as last counted by VACUUM or ANALYZE. pg_table_size would be
 * exact, but it waits for whoever holds the table, and a plan must wait for nobody.
 */
export const bytes = `(r.relpages + coalesce((select toast.relpages from pg_class toast where toast.oid = r.reltoastrelid), 0))::int8 * current_setting('block_size')::int8`

/** SQL for its rows: the planner's estimate, or what the statistics saw written when it was never analysed. Takes no lock. */
export const estimatedRows = `case when r.relkind = 'p' then 0 when r.reltuples < 0 then pg_stat_get_live_tuples(r.oid) else r.reltuples::int8 end`
