import type { PublicationAttrs, PublishedTable } from '../kinds/publication/index.ts'
import { idOf, type Id } from '../model/object.ts'
import { addComment } from './comment.ts'
import { checkedName, circular, fail } from './fail.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { addOwner } from './owner.ts'
import { refOf, type Named } from './ref.ts'
import { add, addRename } from './registry.ts'
import type { RoleLike } from './role.ts'
import { callSite } from './site.ts'
import type { SqlText } from './sql.ts'
import { infoOf } from './table-info.ts'

type Operation = PublicationAttrs['publish'][number]

/** A published table, with less than all of its columns or rows. */
export interface Published {
  readonly table: Named
  /** All when left out. */
  readonly columns?: readonly string[]
  /** Rows for which this holds. */
  readonly where?: SqlText
}

export interface PublicationSpec {
  readonly allTables?: boolean
  /** Every table of these namespaces, also those to come. */
  readonly namespaces?: readonly NamespaceLike[]
  readonly tables?: readonly (Named | Published)[]
  /** All four when left out. */
  readonly publish?: readonly Operation[]
  /** Changes of partitions are sent as changes of the partitioned table. */
  readonly viaPartitionRoot?: boolean
  /** Stored generated columns are sent too, from PostgreSQL 18. */
  readonly generatedColumns?: boolean
  readonly owner?: RoleLike
  readonly comment?: string
  readonly renamedFrom?: string
}

const order: readonly Operation[] = ['insert', 'update', 'delete', 'truncate']
const compare = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))

function published(like: Named | Published, subject: string): { entry: PublishedTable; refs: Id[] } {
  const { table, columns, where } = like !== undefined && 'ref' in like ? ({ table: like } as Published) : (like ?? {})
  if (table?.ref === undefined) fail(subject, 'a table in it is undefined where it is used', circular)
  const info = infoOf(table)
  for (const c of columns ?? []) info?.check(c, subject)
  const place = info === null ? [] : [...info.columns.keys()]
  const sorted = columns === undefined ? null : [...columns].sort((a, b) => place.indexOf(a) - place.indexOf(b))
  const refs = [table.ref.id, ...(columns ?? []).map((c) => idOf('column', ...table.ref.path, c)), ...(where?.refs ?? [])]
  return { entry: { table: [...table.ref.path], columns: sorted, where: where?.text ?? null }, refs }
}

/** Declares a publication for logical replication, which belongs to the database. Throws UserError for a column that a table does not have. */
export function publication(name: string, spec: PublicationSpec): Named {
  const site = callSite()
  const subject = `publication ${name}`
  const ref = refOf('publication', [checkedName(name, subject)])
  const allTables = spec.allTables ?? false
  if (allTables && (spec.tables ?? spec.namespaces) !== undefined) fail(subject, 'it has all tables and a list', 'keep one of the two')
  const namespaces = (spec.namespaces ?? []).map((n) => namespaceName(n, site)).sort(compare)
  const tables = (spec.tables ?? []).map((t) => published(t, subject))
  const sorted = tables.map((t) => t.entry).sort((a, b) => compare(a.table[0]!, b.table[0]!) || compare(a.table[1]!, b.table[1]!))
  const attrs: PublicationAttrs = {
    allTables, namespaces, tables: sorted, publish: order.filter((o) => (spec.publish ?? order).includes(o)),
    viaRoot: spec.viaPartitionRoot ?? false, generated: spec.generatedColumns ?? false,
  } // prettier-ignore
  add({ id: ref.id, kind: 'publication', path: ref.path, parent: null, attrs, refs: [...namespaces.map((n) => idOf('namespace', n)), ...tables.flatMap((t) => t.refs)] }, site)
  addOwner(ref, spec.owner, site)
  addComment(ref, spec.comment, site)
  addRename('publication', ref.path, spec.renamedFrom, site)
  return { ref }
}
