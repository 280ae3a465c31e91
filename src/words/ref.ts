import { idOf, type Id } from '../model/object.ts'
import { qualified } from '../sql/identifier.ts'

/** What interpolation needs to know of an object: its id, its name path, and how SQL names it. */
export interface Ref {
  readonly id: Id
  readonly path: readonly string[]
  readonly text: string
}

/** Whatever has a name in SQL: a table, a column, a function, a role. Can be interpolated into sql``. */
export interface Named {
  readonly ref: Ref
}

/** Something whose columns are not declared: a view, or what `outside(…)` names. */
export type Unknown = Named & { readonly columns?: never }

/** A column as the callbacks of a table see it, and as `table.columns` gives it. */
export interface ColumnRef extends Named {
  readonly column: string
}

/** The ref of an object whose SQL name is its path. */
export function refOf(kind: string, path: readonly string[]): Ref {
  return { id: idOf(kind, ...path), path, text: qualified(path) }
}

export function isNamed(value: unknown): value is Named {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && 'ref' in value
}

/**
 * Something that exists and is not declared here: a function of an extension, a view's column.
 * In: its kind and its name path. Out: a name that can be interpolated, commented on and granted.
 */
export function outside(kind: string, ...path: readonly string[]): Named {
  if (kind !== 'function' && kind !== 'aggregate') return { ref: refOf(kind, path) }
  const [namespace, name, types] = path as [string, string, string?]
  return { ref: { id: `${idOf(kind, namespace, name)}(${types ?? ''})`, path, text: qualified([namespace, name]) } }
}
