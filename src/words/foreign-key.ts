import type { ForeignKeyAttrs } from '../kinds/foreign_key/index.ts'
import { idOf } from '../model/object.ts'
import { addComment } from './comment.ts'
import { checkedName, circular, fail } from './fail.ts'
import { columnsPart, freeName, objectName } from './names.ts'
import { refOf, type Named, type Ref } from './ref.ts'
import { add, addRename } from './registry.ts'
import { callSite, type Site } from './site.ts'
import { infoOf, type TableInfo } from './table-info.ts'
import type { Columns, ForeignKeyOptions, ForeignKeySpec, Reference, Table } from './table-types.ts'

/** A foreign key whose types have been checked by the compiler, or by nobody in JavaScript. */
export interface LooseForeignKey extends ForeignKeyOptions<string> {
  readonly columns: readonly string[]
  readonly references: Reference<any> | 'self' | { readonly self: readonly unknown[] }
}

/** A foreign key to another column of the same table: `references: self('id')`. */
export function self<const K extends readonly string[]>(...columns: K): { readonly self: K } {
  return { self: columns }
}

function targetOf(table: TableInfo, references: LooseForeignKey['references'], subject: string): { table: Ref; columns: readonly string[] } {
  if (references === 'self') return { table: table.ref, columns: table.primaryKey ?? noKey(table.ref, subject) }
  if (references === undefined) fail(subject, 'what it refers to is undefined', circular)
  if (typeof references !== 'object' || references === null) fail(subject, 'it refers to nothing', 'give references: a table, table.key(…) or self(…)')
  if ('self' in references) {
    for (const c of references.self) table.check(c as string, subject)
    return { table: table.ref, columns: references.self as readonly string[] }
  }
  return { table: references.target.table, columns: references.target.columns ?? noKey(references.target.table, subject) }
}

const noKey = (table: Ref, subject: string): never => fail(subject, `${table.text} has no primary key`, "give it one, or name the columns: references: other.key('column')")

export function addForeignKey(table: TableInfo, spec: LooseForeignKey, site: Site): void {
  const subject = `a foreign key of ${table.ref.text}`
  for (const c of [...spec.columns, ...(spec.onDeleteColumns ?? [])]) table.check(c, subject)
  const target = targetOf(table, spec.references, subject)
  if (target.columns.length !== spec.columns.length)
    fail(subject, `(${spec.columns.join(', ')}) refers to ${target.table.text} (${target.columns.join(', ')})`, 'refer to as many columns as it has')
  const attrs: ForeignKeyAttrs = {
    columns: [...spec.columns], table: [...target.table.path], references: [...target.columns],
    onUpdate: spec.onUpdate ?? 'no action', onDelete: spec.onDelete ?? 'no action', onDeleteColumns: [...(spec.onDeleteColumns ?? [])],
    match: spec.match ?? 'simple', deferrable: spec.deferrable ?? false, deferred: spec.deferred ?? false,
    valid: spec.valid ?? spec.enforced ?? true, enforced: spec.enforced ?? true, period: spec.period ?? false,
  } // prettier-ignore
  const name = spec.name ?? freeName((l) => objectName(table.ref.path[1]!, columnsPart(spec.columns), l), 'fkey', table.taken)
  const path = [...table.ref.path, checkedName(name, subject)]
  const ref = refOf('foreign_key', path)
  table.taken.add(name)
  const refs = [table.ref.id, target.table.id, ...spec.columns.map(table.columnId), ...target.columns.map((c) => idOf('column', ...target.table.path, c))]
  add({ id: ref.id, kind: 'foreign_key', path, parent: table.ref.id, attrs, refs }, site)
  addComment(ref, spec.comment, site)
  addRename('foreign_key', path, spec.renamedFrom, site)
}

/**
 * A foreign key apart from its table, for tables that refer to each other. In: the table and what the entries of a table's
 * `foreignKeys` hold. Throws UserError for a column or a key that is not there.
 */
export function foreignKey<C extends Columns, PK extends readonly string[], const K extends readonly string[]>(table: Table<C, PK>, spec: ForeignKeySpec<C, PK, K>): void {
  const info = infoOf(table as Named) ?? fail('foreignKey(…)', 'its first argument is not a declared table', 'give what table() or partition() returned')
  addForeignKey(info, spec as LooseForeignKey, callSite())
}
