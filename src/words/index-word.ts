import type { IndexAttrs } from '../kinds/index/index.ts'
import { addComment } from './comment.ts'
import { elementAttrs, elementRefs, type ElementLike } from './elements.ts'
import { checkedName, fail } from './fail.ts'
import { columnsPart, freeName, objectName } from './names.ts'
import { refOf, type Named, type Ref, type Unknown } from './ref.ts'
import { add, addRename, registry } from './registry.ts'
import { optionsOf, type OptionValues } from './settings.ts'
import { callSite, type Site } from './site.ts'
import { resolveSql, type SqlOf } from './sql.ts'
import { anyColumns, columnRefs, infoOf, type TableInfo } from './table-info.ts'
import type { Refs } from './table-types.ts'

export interface IndexSpec<N extends string> {
  readonly on: readonly ElementLike<N>[] | ((columns: Refs<N>) => readonly ElementLike<N>[])
  /** The access method; `btree` when left out. */
  readonly using?: string
  readonly unique?: boolean
  readonly nullsNotDistinct?: boolean
  readonly include?: readonly N[]
  readonly where?: SqlOf<Refs<N>>
  readonly options?: OptionValues
  readonly tablespace?: string
  /** Statistics targets of expressions, by their number from 1. */
  readonly statistics?: { readonly [element: string]: number }
  /** False for what an unfinished build left behind. */
  readonly valid?: boolean
  readonly comment?: string
  readonly renamedFrom?: string
}

/** `table` is null for a relation whose columns are not declared. `name` null takes PostgreSQL's name. */
export function addIndex(on: Ref, table: TableInfo | null, name: string | null, given: readonly string[] | IndexSpec<string>, site: Site): Named {
  const spec: IndexSpec<string> = 'on' in given ? given : { on: given }
  const subject = `index ${name ?? ''} on ${on.text}`
  const columns = table === null ? anyColumns(on.path) : columnRefs(table)
  const elements = typeof spec.on === 'function' ? spec.on(columns) : spec.on
  if (!Array.isArray(elements) || elements.length === 0) fail(subject, 'it has no columns', "give on: ['column', …]")
  const where = spec.where === undefined ? null : resolveSql(spec.where, columns, subject)
  for (const c of spec.include ?? []) table?.check(c, subject)
  const attrs: IndexAttrs = {
    table: [...on.path], method: spec.using ?? 'btree', unique: spec.unique ?? false, nullsNotDistinct: spec.nullsNotDistinct ?? false,
    on: elementAttrs(elements, table, subject), include: [...(spec.include ?? [])], where: where?.text ?? null, options: optionsOf(spec.options),
    tablespace: spec.tablespace ?? null, statistics: { ...spec.statistics }, valid: spec.valid ?? true,
  } // prettier-ignore
  const path = [on.path[0]!, checkedName(name ?? generatedName(on, attrs, subject), subject)]
  const ref = refOf('index', path)
  add({ id: ref.id, kind: 'index', path, parent: on.id, attrs, refs: [on.id, ...elementRefs(elements, table), ...(where?.refs ?? [])] }, site)
  addComment(ref, spec.comment, site)
  addRename('index', path, spec.renamedFrom, site)
  return { ref }
}

function generatedName(on: Ref, attrs: IndexAttrs, subject: string): string {
  const columns = [...attrs.on.map((e) => e.column ?? fail(subject, 'an index on an expression needs a name', 'give it one')), ...attrs.include]
  const known = registry().entries
  const taken = { has: (n: string) => known.has(refOf('index', [on.path[0]!, n]).id) } as ReadonlySet<string>
  return freeName((l) => objectName(on.path[1]!, columnsPart(columns), l), 'idx', taken)
}

/**
 * An index apart from its table, or on a materialised view. In: the relation, the index's name and what it is on. Out: its
 * name for `comment()`. Throws UserError for a column that the table does not have.
 */
export function index<N extends string>(on: Named & { readonly columns: Refs<N> }, name: string, spec: readonly N[] | IndexSpec<N>): Named
export function index(on: Unknown, name: string, spec: readonly string[] | IndexSpec<string>): Named
export function index(on: Named, name: string, spec: readonly string[] | IndexSpec<string>): Named {
  return addIndex(on.ref, infoOf(on), name, spec, callSite())
}
