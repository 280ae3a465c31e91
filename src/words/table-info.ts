import type { ColumnAttrs } from '../kinds/column/index.ts'
import { idName, idOf, type Id } from '../model/object.ts'
import { ident } from '../sql/identifier.ts'
import type { ColumnState } from './column.ts'
import { fail } from './fail.ts'
import { type ColumnRef, type Named, type Ref } from './ref.ts'
import type { Partitioning } from './partition-types.ts'
import type { Table } from './table-types.ts'

export interface ColumnInfo {
  readonly attrs: ColumnAttrs
  readonly refs: readonly Id[]
  readonly state: ColumnState | null
  /** The sequence of a serial column. */
  readonly sequence: readonly string[] | null
}

/** What words need to know of a table that has been declared. */
export interface TableInfo {
  readonly ref: Ref
  readonly columns: ReadonlyMap<string, ColumnInfo>
  readonly primaryKey: readonly string[] | null
  readonly partitionBy: Partitioning<string> | null
  /** Names of its constraints, so that generated names do not collide. */
  readonly taken: Set<string>
  columnId(name: string): Id
  /** Throws UserError when there is no such column. */
  check(name: string, subject: string): void
}

const infos = new WeakMap<object, TableInfo>()

export function tableInfo(
  ref: Ref,
  columns: ReadonlyMap<string, ColumnInfo>,
  primaryKey: readonly string[] | null = null,
  partitionBy: Partitioning<string> | null = null,
): TableInfo {
  const prefix = `column${ref.id.slice(ref.id.indexOf(':'))}.`
  return {
    ref, columns, primaryKey, partitionBy, taken: new Set(),
    columnId: (name) => prefix + idName(name),
    check(name, subject) {
      if (!columns.has(name)) fail(subject, `${ref.text} has no column ${typeof name === 'string' ? `"${name}"` : String(name)}`, `use one of ${[...columns.keys()].join(', ')}`)
    },
  } // prettier-ignore
}

/** What a table's handle stands for; null for a view and whatever else has no declared columns. */
export function infoOf(table: Named): TableInfo | null {
  return infos.get(table) ?? null
}

/** A column's ref: bare in SQL, so that it can follow an alias. */
export function columnRef(path: readonly string[], name: string): ColumnRef {
  return { column: name, ref: { id: idOf('column', ...path, name), path: [...path, name], text: ident(name) } }
}

const known = new WeakMap<TableInfo, { readonly [name: string]: ColumnRef }>()

/** The columns of a table by name; reading another name throws, which only JavaScript can do. */
export function columnRefs(info: TableInfo): { readonly [name: string]: ColumnRef } {
  let refs = known.get(info)
  if (refs === undefined) known.set(info, (refs = makeRefs(info)))
  return refs
}

function makeRefs(info: TableInfo): { readonly [name: string]: ColumnRef } {
  const refs = new Map<string, ColumnRef>()
  const refTo = (name: string): ColumnRef => {
    let ref = refs.get(name)
    if (ref === undefined) refs.set(name, (ref = { column: name, ref: { id: info.columnId(name), path: [...info.ref.path, name], text: ident(name) } }))
    return ref
  }
  // The target stays extensible: of a frozen one a proxy may not list keys. Writing is refused here instead.
  return new Proxy({} as { [name: string]: ColumnRef }, {
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
    get: (_, name) => {
      if (typeof name !== 'string') return undefined
      if (info.columns.has(name)) return refTo(name)
      if (name !== 'then' && name !== 'toJSON') info.check(name, `table ${info.ref.text}`)
      return undefined
    },
    has: (_, name) => info.columns.has(name as string),
    ownKeys: () => [...info.columns.keys()],
    getOwnPropertyDescriptor: (_, name) => (info.columns.has(name as string) ? { value: refTo(name as string), enumerable: true, configurable: true } : undefined),
  })
}

/** The columns of a relation whose columns are not declared: any name will do. */
export function anyColumns(path: readonly string[]): { readonly [name: string]: ColumnRef } {
  return new Proxy({} as { [name: string]: ColumnRef }, { get: (_, name) => (typeof name === 'string' ? columnRef(path, name) : undefined) })
}

/** The handle of a table, which is what its word returns. */
export function tableHandle(info: TableInfo): Table<any, any> {
  const key = (columns: readonly string[] | null) => ({
    target: { table: info.ref, columns },
    anyType() {
      return key(columns)
    },
  })
  const handle = {
    ref: info.ref, columns: columnRefs(info), target: { table: info.ref, columns: info.primaryKey },
    key(...columns: string[]) {
      for (const c of columns) info.check(c, `${info.ref.text}.key(…)`)
      return key(columns)
    },
  } // prettier-ignore
  infos.set(handle, info)
  return handle as unknown as Table<any, any>
}
