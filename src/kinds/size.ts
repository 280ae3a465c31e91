/** SQL for what relation `r` takes on disk, TOAST included; nothing for a partitioned table, whose partitions have it. */
export const bytes = `case when r.relkind = 'p' then 0 else pg_table_size(r.oid) end`

/** SQL for the planner's own estimate of rows: the density when last analysed, times today's size. Null when it was never analysed. */
export const estimatedRows = `case when r.relkind = 'p' then 0 when r.reltuples < 0 then null
  when r.relpages = 0 then r.reltuples::int8 else (r.reltuples / r.relpages * (pg_relation_size(r.oid) / current_setting('block_size')::int))::int8 end`
