import type { IndexElement as Attrs } from '../kinds/index/index.ts'
import { collationName } from './column.ts'
import { fail } from './fail.ts'
import type { TableInfo } from './table-info.ts'
import { SqlText } from './sql.ts'

/** One part of an index: a column or an expression, with its order, operator class and collation. */
export interface Element<N extends string> {
  readonly on: N | SqlText
  readonly opclass: string | null
  readonly collation: string | null
  readonly descending: boolean
  readonly nullsFirst: boolean | null
}

export type ElementLike<N extends string> = N | SqlText | Element<N>

function element<N extends string>(like: ElementLike<N>): Element<N> {
  if (typeof like !== 'string' && !(like instanceof SqlText)) return like
  return { on: like, opclass: null, collation: null, descending: false, nullsFirst: null }
}

/** A word that changes an element; of an expression it names no column. */
interface Modifier<A extends readonly unknown[] = readonly []> {
  (like: SqlText, ...args: A): Element<never>
  <const N extends string>(like: ElementLike<N>, ...args: A): Element<N>
}

/** Descending, and so NULLs first unless `nullsLast()`. */
export const desc: Modifier = (like: ElementLike<string>): any => ({ ...element(like), descending: true })
export const asc: Modifier = (like: ElementLike<string>): any => ({ ...element(like), descending: false })
export const nullsFirst: Modifier = (like: ElementLike<string>): any => ({ ...element(like), nullsFirst: true })
export const nullsLast: Modifier = (like: ElementLike<string>): any => ({ ...element(like), nullsFirst: false })
/** With an operator class other than the type's default: `op('name', 'text_pattern_ops')`. */
export const op: Modifier<readonly [opclass: string]> = (like: ElementLike<string>, opclass: string): any => ({ ...element(like), opclass })
/** With a collation other than the column's. */
export const collate: Modifier<readonly [name: string]> = (like: ElementLike<string>, name: string): any => ({ ...element(like), collation: name })

/** The elements as the index kind keeps them. Throws UserError for a column that the table does not have. */
export function elementAttrs(likes: readonly ElementLike<string>[], table: TableInfo | null, subject: string): Attrs[] {
  return likes.map((like) => {
    if (like === undefined) fail(subject, 'one of its columns is undefined', 'correct the name')
    const e = element(like)
    if (typeof e.on === 'string') table?.check(e.on, subject)
    return {
      column: typeof e.on === 'string' ? e.on : null, expression: typeof e.on === 'string' ? null : e.on.text,
      opclass: e.opclass, collation: e.collation === null ? null : collationName(e.collation),
      descending: e.descending, nullsFirst: e.nullsFirst ?? e.descending,
    } // prettier-ignore
  })
}

export function elementRefs(likes: readonly ElementLike<string>[], table: TableInfo | null): string[] {
  return likes.map(element).flatMap((e) => (typeof e.on === 'string' ? (table === null ? [] : [table.columnId(e.on)]) : e.on.refs))
}

/** True when it can be a constraint: plain columns in their default order. */
export const isPlain = (like: ElementLike<string>): boolean => typeof like === 'string'
