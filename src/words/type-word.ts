import { idOf } from '../model/object.ts'
import { addComment } from './comment.ts'
import type { Column } from './column.ts'
import { checkedName } from './fail.ts'
import { addGrants, type Grant } from './grants.ts'
import { namespaceName, type NamespaceLike } from './namespace.ts'
import { addOwner } from './owner.ts'
import { refOf, type Named, type Ref } from './ref.ts'
import { add, addRename } from './registry.ts'
import type { RoleLike } from './role.ts'
import type { Site } from './site.ts'

/** What every type can have. */
export interface TypeTraits {
  readonly owner?: RoleLike
  readonly comment?: string
  /** PUBLIC has USAGE unless taken away with `{ to: publicRole, privileges: [] }`. */
  readonly grants?: readonly Grant[]
  readonly renamedFrom?: string
}

/** A declared type: call it for a column of that type, interpolate it for its name. */
export type TypeWord<T, S extends string> = (() => Column<T, S>) & Named

/** Registers a type with its satellites. `refs` is what its definition needs. */
export function addType(kind: string, namespace: NamespaceLike, name: string, attrs: object, refs: readonly string[], traits: TypeTraits, site: Site): Ref {
  const path = [namespaceName(namespace, site), checkedName(name, `${kind.replace('_', ' ')} ${name}`)]
  const ref = refOf(kind, path)
  const home = idOf('namespace', path[0]!)
  add({ id: ref.id, kind, path, parent: home, attrs, refs: [home, ...refs] }, site)
  addOwner(ref, traits.owner, site)
  addComment(ref, traits.comment, site)
  addGrants(ref, traits.grants, site)
  addRename(kind, path, traits.renamedFrom, site)
  return ref
}

export function typeWord<T, S extends string, M extends object>(ref: Ref, make: () => Column<T, S>, more: M): TypeWord<T, S> & M {
  return Object.assign(make, { ref }, more)
}
