import type { Connection } from '../db/index.ts'
import type { Id } from '../model/object.ts'
import { idOf } from '../model/object.ts'
import type { Edge } from './cutoffs.ts'

/** A partition as the catalogs have it now. */
export interface LivePartition {
  readonly id: Id
  readonly path: readonly [string, string]
  readonly parent: readonly [string, string]
  readonly oid: number
  readonly parentOid: number
  readonly bound: string
  /** A concurrent detach of it was interrupted. */
  readonly pending: boolean
  readonly isDefault: boolean
  /** Its table has a DEFAULT partition, beside which nothing can be detached concurrently. */
  readonly besideDefault: boolean
  /** As estimated by the last ANALYZE; null before the first. */
  readonly rows: number | null
  readonly bytes: number
}

type Row = Omit<LivePartition, 'id'>

/** The partitions of these tables. In: namespace and name of each. */
export async function livePartitions(connection: Connection, tables: readonly (readonly string[])[]): Promise<LivePartition[]> {
  const rows = await connection.query<Row>(
    `select array[n.nspname, c.relname]::text[] as path, array[pn.nspname, p.relname]::text[] as parent, c.oid::int8 as oid, p.oid::int8 as "parentOid",
       pg_get_expr(c.relpartbound, c.oid) as bound, i.inhdetachpending as pending, t.partdefid = c.oid as "isDefault", t.partdefid <> 0 as "besideDefault",
       case when c.reltuples >= 0 then c.reltuples::int8 end as rows, pg_total_relation_size(c.oid) as bytes
     from json_array_elements($1::json) w join pg_namespace pn on pn.nspname = w->>0 join pg_class p on p.relnamespace = pn.oid and p.relname = w->>1
     join pg_partitioned_table t on t.partrelid = p.oid join pg_inherits i on i.inhparent = p.oid
     join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace order by 1`,
    [JSON.stringify(tables)],
  )
  return rows.map((r) => ({ ...r, id: idOf('table', ...r.path) }))
}

/** The foreign keys between these tables. */
export async function foreignKeys(connection: Connection, tables: readonly (readonly string[])[]): Promise<Edge[]> {
  const rows = await connection.query<{ from: string[]; to: string[] }>(
    `with w as (select c.oid, array[n.nspname, c.relname]::text[] as path from json_array_elements($1::json) w
       join pg_namespace n on n.nspname = w->>0 join pg_class c on c.relnamespace = n.oid and c.relname = w->>1)
     select a.path as from, b.path as to from pg_constraint k join w a on a.oid = k.conrelid join w b on b.oid = k.confrelid where k.contype = 'f' and k.conparentid = 0`,
    [JSON.stringify(tables)],
  )
  return rows.map((r) => ({ from: idOf('table', ...r.from), to: idOf('table', ...r.to) }))
}
