import { index } from '../kinds/index/index.ts'
import { key } from '../kinds/key/index.ts'
import { idOf, type Id } from '../model/object.ts'
import { table } from '../kinds/table/index.ts'
import { ident } from '../sql/identifier.ts'
import type { ForeignKey, Look, Table } from './look.ts'

/** A foreign key as a line between two tables. `to` may be a table that the model does not have. */
export interface Relation {
  readonly from: Id
  readonly to: Id
  readonly toPath: readonly string[]
  readonly label: string
  /** A referring row always has a referred one. */
  readonly required: boolean
  /** At most one row refers to each. */
  readonly single: boolean
  readonly foreignKey: ForeignKey
}

/** Whether some key or unique index of the table keeps these columns apart by itself. */
function unique(look: Look, t: Table, columns: readonly string[]): boolean {
  const covers = (names: readonly (string | null)[]): boolean => names.every((n) => n !== null && columns.includes(n))
  return (
    look.on(t.id, key).some((k) => covers(k.attrs.columns)) ||
    look.on(t.id, index).some((i) => i.attrs.unique && i.attrs.valid && i.attrs.where === null && covers(i.attrs.on.map((e) => e.column)))
  )
}

/** The relations of one table, by constraint name. What all or some of its partitions refer to by themselves counts too, once. */
export function relationsFrom(look: Look, t: Table, partitions: ReadonlyMap<Table, readonly Table[]>): Relation[] {
  const notNull = new Set(look.columns(t.id).flatMap((c) => (c.attrs.notNull ? [c.path[2]!] : [])))
  const found = new Map<string, Relation>()
  for (const o of withPartitions(t, partitions).flatMap((p) => look.foreignKeys(p.id))) {
    const a = o.attrs
    const target = look.table(a.table)
    const root = target ? look.root(target) : undefined
    const relation: Relation = {
      from: t.id,
      to: root?.id ?? idOf(table.kind, ...a.table),
      toPath: root?.path ?? a.table,
      label: a.columns.map(ident).join(', '),
      required: a.columns.every((c) => notNull.has(c)),
      single: unique(look, t, a.columns),
      foreignKey: o,
    }
    const same = JSON.stringify([a.columns, relation.to, a.references])
    if (!found.has(same) || o.parent === t.id) found.set(same, relation)
  }
  return [...found.values()]
}

const withPartitions = (t: Table, partitions: ReadonlyMap<Table, readonly Table[]>): Table[] => [t, ...(partitions.get(t) ?? []).flatMap((p) => withPartitions(p, partitions))]
