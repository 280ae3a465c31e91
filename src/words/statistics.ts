import type { StatisticsAttrs } from '../kinds/statistics/index.ts'
import { idOf } from '../model/object.ts'
import { addComment } from './comment.ts'
import { checkedName, circular, fail } from './fail.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { addOwner } from './owner.ts'
import { refOf, type Named, type Unknown } from './ref.ts'
import { add, addRename } from './registry.ts'
import type { RoleLike } from './role.ts'
import { callSite } from './site.ts'
import { SqlText } from './sql.ts'
import { anyColumns, columnRefs, infoOf } from './table-info.ts'
import type { Refs } from './table-types.ts'

type Part<N extends string> = N | SqlText

export interface StatisticsSpec<N extends string> {
  /** Columns and expressions: `['a', sql`lower(b)`]`, or a function of the columns. */
  readonly on: readonly Part<N>[] | ((columns: Refs<N>) => readonly Part<N>[])
  /** All three when left out; a single expression has none. */
  readonly kinds?: readonly StatisticsAttrs['kinds'][number][]
  readonly target?: number
  /** Where it lives; with its table when left out. */
  readonly namespace?: NamespaceLike
  readonly owner?: RoleLike
  readonly comment?: string
  readonly renamedFrom?: string
}

const order: StatisticsAttrs['kinds'] = ['ndistinct', 'dependencies', 'mcv']

/** Declares extended statistics on a table or materialised view. Throws UserError for a column that the table does not have. */
export function statistics<N extends string>(on: Named & { readonly columns: Refs<N> }, name: string, spec: StatisticsSpec<N>): Named
export function statistics(on: Unknown, name: string, spec: StatisticsSpec<string>): Named
export function statistics(on: Named, name: string, spec: StatisticsSpec<string>): Named {
  const site = callSite()
  const subject = `statistics ${name}`
  if (on?.ref === undefined) fail(subject, 'its table is undefined where it is used', circular)
  const table = infoOf(on)
  const parts = typeof spec.on === 'function' ? spec.on(table === null ? anyColumns(on.ref.path) : columnRefs(table)) : spec.on
  if (!Array.isArray(parts) || parts.length === 0) fail(subject, 'it is on nothing', "give on: ['a', 'b']")
  const columns = parts.filter((p): p is string => typeof p === 'string')
  const expressions = parts.filter((p): p is SqlText => p instanceof SqlText)
  for (const c of columns) table?.check(c, subject)
  // As a server keeps them: columns in the order of the table.
  const place = table === null ? [] : [...table.columns.keys()]
  const sorted = [...columns].sort((a, b) => place.indexOf(a) - place.indexOf(b))
  const kinds = parts.length === 1 ? [] : spec.kinds === undefined ? order : order.filter((k) => spec.kinds!.includes(k))
  const attrs: StatisticsAttrs = { table: [...on.ref.path], kinds, columns: sorted, expressions: expressions.map((e) => e.text), target: spec.target ?? null }
  const path = [spec.namespace === undefined ? on.ref.path[0]! : namespaceName(spec.namespace, site), checkedName(name, subject)]
  const ref = refOf('statistics', path)
  const refs = [on.ref.id, idOf('namespace', path[0]!), ...columns.flatMap((c) => (table === null ? [] : [table.columnId(c)])), ...expressions.flatMap((e) => e.refs)]
  add({ id: ref.id, kind: 'statistics', path, parent: on.ref.id, attrs, refs }, site)
  addOwner(ref, spec.owner, site)
  addComment(ref, spec.comment, site)
  addRename('statistics', path, spec.renamedFrom, site)
  return { ref }
}
