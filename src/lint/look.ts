import type { Kind } from '../kinds/contract.ts'
import { column, type Column } from '../kinds/column/index.ts'
import { domain } from '../kinds/domain/index.ts'
import { foreignKey, type ForeignKeyAttrs } from '../kinds/foreign_key/index.ts'
import { key, type KeyAttrs } from '../kinds/key/index.ts'
import { rowSecurity } from '../kinds/row_security/index.ts'
import { table, type TableAttrs } from '../kinds/table/index.ts'
import { childrenOf, type Model } from '../model/model.ts'
import { idOf, type DbObject, type Id } from '../model/object.ts'
import { qualified } from '../sql/identifier.ts'

export type Table = DbObject<TableAttrs>

/** A model as rules ask about it, with what they all need looked up once. */
export class Look {
  readonly model: Model
  readonly #byKind = new Map<string, DbObject<unknown>[]>()
  readonly #children: Map<Id, DbObject[]>
  readonly #domains: ReadonlyMap<string, string>

  constructor(model: Model) {
    this.model = model
    this.#children = childrenOf(model)
    for (const o of model.objects.values()) {
      const list = this.#byKind.get(o.kind)
      if (list) list.push(o)
      else this.#byKind.set(o.kind, [o])
    }
    this.#domains = new Map(this.all(domain).map((d) => [qualified(d.path), d.attrs.type]))
  }

  all<A>(kind: Kind<A>): readonly DbObject<A>[] {
    return (this.#byKind.get(kind.kind) ?? []) as readonly DbObject<A>[]
  }

  /** The objects of a kind that live on another object. */
  on<A>(parent: Id, kind: Kind<A>): DbObject<A>[] {
    return (this.#children.get(parent) ?? []).filter((o) => o.kind === kind.kind) as DbObject<unknown>[] as DbObject<A>[]
  }

  get<A>(kind: Kind<A>, ...path: readonly string[]): DbObject<A> | undefined {
    return this.model.objects.get(idOf(kind.kind, ...path)) as DbObject<unknown> as DbObject<A> | undefined
  }

  /** Tables that are no partitions: what holds for a partition is mostly its parent's doing. */
  tables(): Table[] {
    return this.all(table).filter((t) => t.attrs.partitionOf === null)
  }

  /** Columns that are a table's own, not its parent's. */
  ownColumns(): Column[] {
    return this.all(column).filter((c) => !c.attrs.inherited)
  }

  columns(t: Table): Column[] {
    return this.on(t.id, column)
  }

  primaryKey(t: Table): DbObject<KeyAttrs> | undefined {
    return this.on(t.id, key).find((k) => k.attrs.primary)
  }

  foreignKeys(t: Table): DbObject<ForeignKeyAttrs>[] {
    return this.on(t.id, foreignKey)
  }

  /** The table and those it is a partition of, innermost first. */
  withParents(t: Table): Table[] {
    const parent = t.attrs.partitionOf ? this.get(table, ...t.attrs.partitionOf.table) : undefined
    return parent ? [t, ...this.withParents(parent)] : [t]
  }

  /** Whether row security is on, and whether it binds the owner too. */
  rowSecurity(t: Id): { readonly enabled: boolean; readonly forced: boolean } {
    return this.on(t, rowSecurity)[0]?.attrs ?? { enabled: false, forced: false }
  }

  /** The type under any domains. */
  baseType(type: string): string {
    const under = this.#domains.get(type.replace(/(\[\])+$/, ''))
    return under === undefined ? type : this.baseType(under)
  }
}

/** What a declaration says a column holds: `pii`, `financial`, … */
export function classifications(c: Column): readonly string[] {
  const said = c.facts?.['classification']
  return Array.isArray(said) ? said.map(String) : typeof said === 'string' ? [said] : []
}

/** `app.users.email`, or a table or function by the part of its path that people say. */
export const nameOf = (o: DbObject<unknown>): string => qualified(o.path)
