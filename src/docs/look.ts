import type { Kind } from '../kinds/contract.ts'
import { column, type Column } from '../kinds/column/index.ts'
import { comment } from '../kinds/comment/index.ts'
import { foreignKey, type ForeignKeyAttrs } from '../kinds/foreign_key/index.ts'
import { table, type TableAttrs } from '../kinds/table/index.ts'
import { childrenOf, type Model } from '../model/model.ts'
import { idOf, satelliteId, type DbObject, type Id } from '../model/object.ts'

export type Table = DbObject<TableAttrs>
export type ForeignKey = DbObject<ForeignKeyAttrs>

/** Code point order: the same on every machine, whatever its locale. */
export const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const byPath = (a: DbObject<unknown>, b: DbObject<unknown>): number => order(a.path.join('\0'), b.path.join('\0')) || order(a.id, b.id)

/** A model as the documents ask about it: typed, and in an order that does not depend on the model's. */
export class Look {
  readonly model: Model
  readonly #children: Map<Id, DbObject[]>
  readonly #byKind: Map<string, DbObject<unknown>[]>
  /** Kinds that somebody asked for: sorting all of a large schema would cost more than drawing its changed part. */
  readonly #sorted = new Set<string>()

  constructor(model: Model) {
    this.model = model
    this.#children = childrenOf(model)
    this.#byKind = groupBy([...model.objects.values()], (o) => o.kind)
  }

  /** All objects of a kind, by name. */
  all<A>(kind: Kind<A>): readonly DbObject<A>[] {
    const found = this.#byKind.get(kind.kind) ?? []
    if (!this.#sorted.has(kind.kind)) found.sort(byPath)
    this.#sorted.add(kind.kind)
    return found as DbObject<A>[]
  }

  /** All objects of a kind, in no order: for what looks at all and takes few. */
  unordered<A>(kind: Kind<A>): readonly DbObject<A>[] {
    return (this.#byKind.get(kind.kind) ?? []) as DbObject<A>[]
  }

  /** The objects of a kind that live on another object, by name. */
  on<A>(parent: Id, kind: Kind<A>): DbObject<A>[] {
    return ((this.#children.get(parent) ?? []).filter((o) => o.kind === kind.kind) as DbObject<unknown>[] as DbObject<A>[]).sort(byPath)
  }

  /** A table's columns in the order of the table; without known positions, in that of the model. */
  columns(parent: Id): Column[] {
    const found = (this.#children.get(parent) ?? []).filter((o) => o.kind === column.kind) as DbObject<unknown>[] as Column[]
    const position = (c: Column): number => Number(c.facts?.['position'] ?? 0)
    return found.sort((a, b) => position(a) - position(b))
  }

  comment(id: Id): string | null {
    return (this.model.objects.get(satelliteId(comment.kind, id)) as DbObject<{ text: string }> | undefined)?.attrs.text ?? null
  }

  /** The table that a path names or begins with. */
  table(path: readonly string[]): Table | undefined {
    return this.model.objects.get(idOf(table.kind, path[0]!, path[1]!)) as DbObject<unknown> as Table | undefined
  }

  /** The table that a partition, or a partition of a partition, belongs to; a plain table itself. */
  root(o: Table): Table {
    const parent = o.attrs.partitionOf ? this.table(o.attrs.partitionOf.table) : undefined
    return parent ? this.root(parent) : o
  }

  /** Tables that are documented on their own: everything but partitions. */
  roots(): Table[] {
    return this.all(table).filter((t) => this.root(t) === t)
  }

  foreignKeys(parent: Id): ForeignKey[] {
    return this.on(parent, foreignKey)
  }
}

/** Lists by a key, in the order of the items. (Map.groupBy is not in Node 20.) */
export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const out = new Map<K, T[]>()
  for (const item of items) {
    const list = out.get(keyOf(item))
    if (list) list.push(item)
    else out.set(keyOf(item), [item])
  }
  return out
}
