/** What a database is made of. This folder imports nothing: every other stage speaks in these words. */

/** `kind:qualified.name`, names quoted as SQL would quote them; satellites wrap the id they belong to: `comment(table:app.users)`. */
export type Id = string

/** Any JSON value: attributes are plain data so that they can be hashed, stored and compared. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }
export type Attrs = { readonly [name: string]: Json }

/** Where an object was declared. Lines and columns count from 1. */
export interface Position {
  readonly file: string
  readonly line: number
  readonly column: number
}

/**
 * One thing that can be created, altered or dropped on its own: a table, a column, a grant, a comment.
 *
 * `attrs` is the state that is compared and fingerprinted. `facts` is what is known beside it (sizes, the columns of a
 * view) and is never compared. `refs` are the ids it needs to exist. `parent` is the object it lives and dies with.
 */
export interface DbObject<A = Attrs> {
  readonly id: Id
  readonly kind: string
  /** The unquoted name path, such as `['app', 'users', 'id']`. */
  readonly path: readonly string[]
  readonly parent: Id | null
  readonly attrs: A
  readonly refs: readonly Id[]
  readonly facts?: Attrs
  readonly at?: Position
}

const plain = /^[a-z_][a-z0-9_$]*$/

/** An identifier as it appears in ids: quoted when it is not a plain lower-case word. Keywords are not quoted here. */
export function idName(name: string): string {
  return plain.test(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** The id of an object from its kind and name path. */
export function idOf(kind: string, ...path: readonly string[]): Id {
  return `${kind}:${path.map(idName).join('.')}`
}

/** The id of a satellite (a comment, an owner, a grant) of another object. `rest` tells several of one kind apart. */
export function satelliteId(kind: string, target: Id, ...rest: readonly string[]): Id {
  return `${kind}(${target})${rest.map((r) => `.${idName(r)}`).join('')}`
}
