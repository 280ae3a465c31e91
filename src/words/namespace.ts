import { checkedName, circular, fail } from './fail.ts'
import { addComment } from './comment.ts'
import { addGrants, type Grant } from './grants.ts'
import { addOwner } from './owner.ts'
import { refOf, type Named } from './ref.ts'
import { add, addRename, registry } from './registry.ts'
import type { RoleLike } from './role.ts'
import { callSite, type Site } from './site.ts'

export interface Namespace extends Named {
  readonly namespace: string
}

/** A declared namespace, or a name; a name declares the namespace by using it. */
export type NamespaceLike = Namespace | string

export interface NamespaceSpec {
  readonly owner?: RoleLike
  readonly comment?: string
  readonly grants?: readonly Grant[]
  readonly renamedFrom?: string
}

/** Declares a namespace (CREATE SCHEMA). Throws UserError for a bad name. */
export function namespace(name: string, spec: NamespaceSpec = {}): Namespace {
  const site = callSite()
  const ref = refOf('namespace', [checkedName(name, `namespace ${name}`)])
  add({ id: ref.id, kind: 'namespace', path: ref.path, parent: null, attrs: {}, refs: [] }, site)
  addOwner(ref, spec.owner, site)
  addComment(ref, spec.comment, site)
  addGrants(ref, spec.grants, site)
  addRename('namespace', ref.path, spec.renamedFrom, site)
  return { namespace: name, ref }
}

/** A namespace that is there and is not managed here, such as one that an extension made. */
export function existingNamespace(name: string): Namespace {
  return { namespace: name, ref: refOf('namespace', [name]) }
}

/** The name of a namespace; registers it when it was given as a string. */
export function namespaceName(like: NamespaceLike, site: Site): string {
  const name = typeof like === 'string' ? like : (like as Partial<Namespace> | undefined)?.namespace
  if (like === undefined) fail('the first argument', 'it is undefined where it is used', circular)
  if (typeof name !== 'string') fail('the first argument', 'is not a namespace', "give what namespace() returned, or a name such as 'app'")
  if (typeof like === 'string' && !registry().namespaces.has(name)) registry().namespaces.set(name, site)
  return name
}
