import { declared, monthly, range, sql, uuidv7Floor } from 'pgintent'
import { partitionHolds } from '../ops/partition-holds.ts'
import { noTruncate } from './guard.ts'

/** Nothing is older: the first partition of every table that is partitioned by month. */
export const firstMonth = '2026-01'

type StorageOptions = { readonly [name: string]: string | number | boolean }

/**
 * By month of the id, so that the key stays `(id)` alone and is unique over all months. A partition's own name leads past its
 * parent's policies and past its TRUNCATE trigger: each has row security without a policy, a guard of its own, and no grants.
 * There is no DEFAULT partition, as with one nothing could be detached concurrently.
 */
export const byMonth = (options: StorageOptions = {}) =>
  range(
    'id',
    monthly({
      bound: uuidv7Floor,
      from: firstMonth,
      ahead: 3,
      retain: '24 months',
      holds: ({ table, from, until }) => sql`select reason from ${partitionHolds}(${table}, ${from}, ${until})`,
      each: { rowSecurity: { force: true }, triggers: { a0_no_truncate: noTruncate }, options },
    }),
  )

/** For partitions that only grow: freeze early, as no update will ever bring the vacuum. */
export const insertOnly: StorageOptions = { autovacuum_vacuum_insert_scale_factor: 0.05, autovacuum_freeze_min_age: 1000000 }

/** The tables that byMonth() was said of so far, as `[namespace, table]`, and the options of their partitions as `WITH (…)` has them. */
export function tablesByMonth(): { readonly table: readonly [string, string]; readonly options: string }[] {
  const objects = [...declared().model.objects.values()]
  return objects
    .filter((o) => o.facts?.['partitions'] !== undefined)
    .map((o) => {
      const month = objects.find((p) => p.kind === 'table' && String((p.attrs as PartitionAttrs).partitionOf?.table) === String(o.path))
      const options = Object.entries((month?.attrs as PartitionAttrs | undefined)?.options ?? {})
      return { table: [o.path[0]!, o.path[1]!], options: options.map(([name, value]) => `${name} = ${value}`).join(', ') }
    })
}

interface PartitionAttrs {
  readonly partitionOf?: { readonly table: readonly string[] } | null
  readonly options?: { readonly [name: string]: string }
}
