import type { Model } from '../model/model.ts'
import { idOf, type DbObject, type Id } from '../model/object.ts'

/** What pg_class calls a relation and the kind we call it. Shared by everything that hangs on a relation. */
const kindOf: Record<string, string> = { r: 'table', p: 'table', v: 'view', m: 'materialized_view', f: 'foreign_table', S: 'sequence', c: 'composite_type' }

export function relationId(relkind: string, ...path: readonly string[]): Id {
  return idOf(kindOf[relkind] ?? 'relation', ...path)
}

/** The name slot relations and types of a namespace share (pg_class and the row type in pg_type). */
export function relationSlot(path: readonly string[]): string {
  return `relation ${path.slice(0, 2).join('\u0000')}`
}

/** Catalog numbers of the system catalogs, fixed in PostgreSQL's source (catalog/pg_*.h) and the same in 15 to 18. */
export const catalogs = {
  class: 1259,
  proc: 1255,
  type: 1247,
  constraint: 2606,
  attrdef: 2604,
  rewrite: 2618,
  trigger: 2620,
  policy: 3256,
  namespace: 2615,
  extension: 3079,
  authid: 1260,
  collation: 3456,
  publication: 6104,
  eventTrigger: 3466,
  statistics: 3381,
} as const

/** The relation whose rows and locks matter to an object: itself, the one it hangs on, or the one of its column. */
export function relationOf(o: DbObject): Id | null {
  if (/^(table|materialized_view|view):/.test(o.id)) return o.id
  if (o.parent === null) return null
  if (/^(table|materialized_view|view):/.test(o.parent)) return o.parent
  return o.parent.startsWith('column:') ? idOf('table', ...o.path.slice(0, 2)) : null
}

/** The partitions of each partitioned table, one level. */
export function partitionsOf(model: Model): Map<Id, Id[]> {
  const out = new Map<Id, Id[]>()
  for (const o of model.objects.values()) {
    const parent = (o.attrs as { partitionOf?: { table: string[] } | null }).partitionOf
    if (!parent) continue
    const id = idOf('table', ...parent.table)
    out.set(id, [...(out.get(id) ?? []), o.id])
  }
  return out
}
