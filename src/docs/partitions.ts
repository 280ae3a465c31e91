import { table } from '../kinds/table/index.ts'
import { groupBy, order, type Look, type Table } from './look.ts'

const numberFrom = /^FOR VALUES FROM \('?(-?\d+(?:\.\d+)?)'?\)/

/** The default last, unbounded below first, numbers as numbers, everything else (dates, uuids) as text. */
function byBound(a: string, b: string): number {
  const rank = (bound: string): number => (bound === 'DEFAULT' ? 2 : bound.startsWith('FOR VALUES FROM (MINVALUE') ? 0 : 1)
  const [x, y] = [numberFrom.exec(a)?.[1], numberFrom.exec(b)?.[1]]
  return rank(a) - rank(b) || (x !== undefined && y !== undefined ? Number(x) - Number(y) : 0) || order(a, b)
}

/** Partitions by the table they are partitions of, in the order of their bounds. */
export function partitionsOf(look: Look): ReadonlyMap<Table, readonly Table[]> {
  const parentOf = (t: Table): Table | undefined => (t.attrs.partitionOf ? look.table(t.attrs.partitionOf.table) : undefined)
  const out = new Map<Table, Table[]>()
  for (const [parent, list] of groupBy(look.all(table), parentOf)) if (parent !== undefined) out.set(parent, list)
  for (const list of out.values()) list.sort((a, b) => byBound(boundOf(a), boundOf(b)))
  return out
}

/** `FROM ('2025-01-01') TO ('2025-02-01')`, without the words that every bound begins with. */
export const boundOf = (t: Table): string => t.attrs.partitionOf?.bound ?? ''
export const shortBound = (t: Table): string => boundOf(t).replace(/^FOR VALUES /, '')

/** `14 partitions, first FROM … TO …, last FROM … TO …` */
export function summary(partitions: readonly Table[]): string {
  const [first, last] = [partitions[0], partitions.at(-1)]
  if (first === undefined || last === undefined) return 'no partitions'
  if (first === last) return `1 partition, ${shortBound(first)}`
  return `${partitions.length} partitions, first ${shortBound(first)}, last ${shortBound(last)}`
}
