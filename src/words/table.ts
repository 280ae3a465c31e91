import type { CalendarMonth } from '../kinds/partition-calendar.ts'
import type { TableAttrs } from '../kinds/table/index.ts'
import { idOf } from '../model/object.ts'
import { addColumns, columnInfos, inheritedColumn } from './columns.ts'
import type { Column } from './column.ts'
import { addComment } from './comment.ts'
import { addCheck, addExclusion, addKey, addUnique } from './constraints.ts'
import { checkedName, fail } from './fail.ts'
import { addForeignKey, type LooseForeignKey } from './foreign-key.ts'
import { addGrants } from './grants.ts'
import { addIndex } from './index-word.ts'
import { calendarFacts, monthlyPartitions } from './monthly.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { addOwner } from './owner.ts'
import { boundText, partitionKeyText } from './partitioning.ts'
import type { ColumnOverride, Monthly, PartitionSpec } from './partition-types.ts'
import { addRowSecurity } from './policy.ts'
import { isNamed, refOf, type Named } from './ref.ts'
import { add, addRename } from './registry.ts'
import { optionsOf } from './settings.ts'
import { callSite, type Site } from './site.ts'
import { SqlText } from './sql.ts'
import { infoOf, tableHandle, tableInfo, type ColumnInfo, type TableInfo } from './table-info.ts'
import type { All, Columns, KeyColumns, PrimaryKey, Table, TableSpec, TableTraits } from './table-types.ts'
import { addTrigger } from './trigger.ts'

/**
 * Declares a table with everything that lives and dies with it. In: its namespace, its name and its parts. Out: a handle to
 * interpolate, to refer to, and to type rows with. Throws UserError for a column that is not there and for a bad name.
 */
export function table<
  const C extends Columns,
  const P extends readonly Table<any, any>[] = readonly [],
  const PK extends readonly string[] | { readonly on: readonly string[] } = readonly [],
  const FK extends readonly (readonly string[])[] = readonly [],
>(namespace: NamespaceLike, name: string, spec: TableSpec<C, P, PK, FK>): Table<All<C, P> extends Columns ? All<C, P> : never, KeyColumns<PK>> {
  const site = callSite()
  const path = [namespaceName(namespace, site), checkedName(name, `table ${name}`)]
  const parents = (spec.inherits ?? []).map((p) => infoOf(p) ?? fail(`table ${name}`, 'what it inherits from is not a table', 'give what table() returned'))
  const inherited = new Map(parents.flatMap((p) => [...p.columns].map(([c, info]) => [c, inheritedColumn(info)] as const)))
  const ofType = spec.ofType === undefined ? null : isNamed(spec.ofType) ? spec.ofType.ref.text : spec.ofType
  const needs = isNamed(spec.ofType) ? [spec.ofType.ref.id] : []
  const loose = spec as unknown as LooseTable
  const info = declare(path, loose, { own: spec.columns, inherited, parents, bound: null, ofType, needs, site })
  return tableHandle(info) as never
}

/** What one declaration of a table or partition needs beside what was written. */
interface Setting {
  readonly own: Columns
  readonly inherited: ReadonlyMap<string, ColumnInfo>
  readonly parents: readonly TableInfo[]
  readonly bound: string | null
  readonly ofType: string | null
  readonly needs: readonly string[]
  /** Of a partition that follows the calendar. */
  readonly month?: CalendarMonth | undefined
  readonly site: Site
}

interface LooseTable extends TableTraits<string> {
  readonly columns?: { readonly [name: string]: Column<any, any, any, any> | ColumnOverride | undefined }
  readonly primaryKey?: PrimaryKey<string>
  readonly foreignKeys?: readonly LooseForeignKey[]
}

const keyed = <S>(given: { readonly [name: string]: S } | readonly S[] | undefined): (readonly [string | null, S])[] =>
  given === undefined ? [] : Array.isArray(given) ? (given as S[]).map((s) => [null, s] as const) : Object.entries(given)

function declare(path: readonly string[], spec: LooseTable, { own, inherited, parents, bound, ofType, needs, month, site }: Setting): TableInfo {
  const ref = refOf('table', path)
  const { primaryKey } = spec
  const key = primaryKey === undefined ? null : 'on' in primaryKey ? primaryKey : { on: primaryKey }
  const columns = columnInfos(tableInfo(ref, new Map()), own, inherited, key?.on ?? [])
  const parentKey = bound === null ? null : parents[0]!.primaryKey
  const info = tableInfo(ref, columns, key?.on ?? parentKey, spec.partitionBy ?? null)
  const partitionBy = spec.partitionBy === undefined ? null : partitionKeyText(spec.partitionBy, info)
  const attrs: TableAttrs = {
    unlogged: spec.unlogged ?? false, partitionBy: partitionBy?.text ?? null,
    partitionOf: bound === null ? null : { table: [...parents[0]!.ref.path], bound }, inherits: bound === null ? parents.map((p) => [...p.ref.path]) : [],
    ofType, options: optionsOf(spec.options), accessMethod: spec.accessMethod ?? null, tablespace: spec.tablespace ?? null,
    replicaIdentity: spec.replicaIdentity ?? 'default', clusterOn: spec.clusterOn ?? null,
  } // prettier-ignore
  const home = idOf('namespace', path[0]!)
  const rows = spec.partitionBy?.monthly ?? (isMonthly(spec.partitions) ? spec.partitions : null)
  const facts = {
    ...(rows === null ? {} : { partitions: calendarFacts(rows) }),
    ...(month === undefined ? {} : { month: { ...month } }),
    ...(spec.classification === undefined ? {} : { classification: spec.classification }),
    ...(spec.retention === undefined ? {} : { retention: spec.retention }),
  }
  add(
    { id: ref.id, kind: 'table', path, parent: home, attrs, refs: [home, ...parents.map((p) => p.ref.id), ...needs], ...(Object.keys(facts).length === 0 ? {} : { facts }) },
    site,
  )
  addRename('table', path, spec.renamedFrom, site)
  const before = spec.renamedFrom === undefined ? path : typeof spec.renamedFrom === 'string' ? [path[0]!, spec.renamedFrom] : spec.renamedFrom
  addColumns(info, before, bound === null ? {} : ((spec.columns ?? {}) as { [c: string]: ColumnOverride }), spec.classification, site)
  addParts(info, spec, key, site)
  addPartitions(info, spec, rows, site)
  return info
}

function addParts(info: TableInfo, spec: LooseTable, key: Exclude<PrimaryKey<string>, readonly string[]> | { readonly on: readonly string[] } | null, site: Site): void {
  const { ref } = info
  if (key !== null) addKey(info, null, true, key, site)
  for (const [name, u] of keyed(spec.unique)) addUnique(info, name, u, site)
  for (const [name, { state }] of info.columns) if (state?.check) addCheck(info, null, columnCheck(state.check, info, name), site)
  for (const [name, c] of keyed(spec.checks)) addCheck(info, name, c, site)
  for (const [name, e] of Object.entries(spec.exclude ?? {})) addExclusion(info, name, e, site)
  for (const [name, i] of keyed(spec.indexes)) addIndex(ref, info, name, i, site)
  for (const f of spec.foreignKeys ?? []) addForeignKey(info, f, site)
  for (const [name, t] of Object.entries(spec.triggers ?? {})) addTrigger(ref, info, name, t, site)
  addRowSecurity(info, spec.rowSecurity, site)
  addOwner(ref, spec.owner, site)
  addComment(ref, spec.comment, site)
  addGrants(ref, spec.grants, site)
}

const columnCheck = (make: (column: string) => string, info: TableInfo, name: string): SqlText => new SqlText(make(name), [info.columnId(name)])

const isMonthly = (p: unknown): p is Monthly => typeof p === 'object' && p !== null && typeof (p as Monthly).monthly === 'object' && 'from' in (p as Monthly).monthly

function addPartitions(info: TableInfo, spec: LooseTable, rows: Monthly | null, site: Site): void {
  const explicit = isMonthly(spec.partitions) ? {} : (spec.partitions ?? {})
  const first = info.partitionBy?.on[0]
  const type = typeof first === 'string' ? info.columns.get(first)?.attrs.type : undefined
  const made = rows === null ? {} : monthlyPartitions(info.ref.path, type, rows)
  for (const [name, m] of Object.entries(made)) if (!(name in explicit)) addPartition(info, name, m.spec, site, m.month)
  for (const [name, p] of Object.entries(explicit)) addPartition(info, name, p, site)
}

function addPartition(parent: TableInfo, name: string, given: PartitionSpec<string> | 'default', site: Site, month?: CalendarMonth): TableInfo {
  const subject = `partition ${name} of ${parent.ref.text}`
  const spec: PartitionSpec<string> = given === 'default' ? { default: true } : given
  const path = [spec.namespace === undefined ? parent.ref.path[0]! : namespaceName(spec.namespace, site), checkedName(name, subject)]
  const overrides = (spec.columns ?? {}) as { readonly [c: string]: ColumnOverride | undefined }
  for (const c of Object.keys(overrides)) parent.check(c, subject)
  const inherited = new Map([...parent.columns].map(([c, info]) => [c, inheritedColumn(info, overrides[c])]))
  const bound = boundText(spec, parent, parent.partitionBy, subject)
  return declare(path, spec as LooseTable, { own: {}, inherited, parents: [parent], bound, ofType: null, needs: [], month, site })
}

/**
 * A partition apart from its table: one in another namespace, or one that a foreign key of its own hangs on. In: the parent,
 * the partition's name, its bound and what it has of its own. Out: a handle like a table's.
 */
export function partition<C extends Columns, K extends readonly string[]>(parent: Table<C, K>, name: string, spec: PartitionSpec<keyof C & string>): Table<C, K> {
  const info = infoOf(parent as Named) ?? fail(`partition ${name}`, 'its first argument is not a declared table', 'give what table() returned')
  return tableHandle(addPartition(info, name, spec as PartitionSpec<string>, callSite())) as never
}

/**
 * A table that is there and is not declared here, to refer to, to inherit from or to add partitions to. In: its namespace, its
 * name and those of its columns that matter.
 */
export function existingTable<const C extends Columns>(namespace: string, name: string, columns: C): Table<C, readonly []> {
  const ref = refOf('table', [namespace, name])
  const infos = columnInfos(tableInfo(ref, new Map()), columns, new Map(), [])
  return tableHandle(tableInfo(ref, infos)) as never
}
