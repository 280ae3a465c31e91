import { idOf, satelliteId, type DbObject, type Id } from '../model/object.ts'
import { kindOfId } from '../kinds/phrase.ts'
import type { GrantAttrs } from '../kinds/grant/index.ts'
import { fail } from './fail.ts'
import type { Named, Ref } from './ref.ts'
import { registry, type Entry } from './registry.ts'
import { roleOf, type RoleLike } from './role.ts'
import { callSite, type Site } from './site.ts'

/**
 * What roles may do with an object. Declared privileges are all that the role has, so `privileges: []` for PUBLIC on a function
 * takes EXECUTE from everyone. Several entries for one role add up.
 */
export interface Grant<K extends string = string> {
  readonly to: RoleLike | readonly RoleLike[]
  readonly privileges: readonly Privilege[] | 'all'
  readonly grantOption?: boolean
  /** Only these columns of the table or view. */
  readonly columns?: readonly K[]
  /** What PostgreSQL gives the role by itself, where that is not what it gives on 15 to 18 (rarely needed). */
  readonly builtIn?: readonly string[]
}

export type Privilege =
  | 'select' | 'insert' | 'update' | 'delete' | 'truncate' | 'references' | 'trigger' | 'maintain' | 'usage' | 'create' | 'execute' // prettier-ignore

export interface GrantCall {
  readonly target: Ref
  readonly grant: Grant
  readonly site: Site
}

const relation = ['delete', 'insert', 'references', 'select', 'trigger', 'truncate', 'update']
const everything: Record<string, readonly string[]> = {
  table: relation, view: relation, materialized_view: relation, column: ['insert', 'references', 'select', 'update'],
  sequence: ['select', 'update', 'usage'], namespace: ['create', 'usage'], function: ['execute'], aggregate: ['execute'],
  enum: ['usage'], domain: ['usage'], composite_type: ['usage'], range_type: ['usage'],
} // prettier-ignore
const toPublic: ReadonlySet<string> = new Set(['function', 'aggregate', 'enum', 'domain', 'composite_type', 'range_type'])

/** What PostgreSQL gives a role on a new object of a kind (acldefault in utils/adt/acl.c), the same from 15 to 18 but for MAINTAIN. */
export function builtInPrivileges(kind: string, grantee: string, owner: string | undefined): readonly string[] {
  if (grantee === owner) return kind === 'column' ? [] : (everything[kind] ?? [])
  return grantee === 'public' && toPublic.has(kind) ? everything[kind]! : []
}

/** True for a grant that says nothing: just what PostgreSQL gives by itself. */
export function saysNothing(a: GrantAttrs): boolean {
  const names = Object.keys(a.privileges)
  return names.length === a.builtIn.length && names.every((n) => a.builtIn.includes(n)) && !Object.values(a.privileges).includes(true)
}

export function addGrants(target: Ref, grants: readonly Grant[] | undefined, site: Site): void {
  for (const grant of grants ?? []) {
    if (grant.columns === undefined) registry().grants.push({ target, grant, site })
    for (const c of grant.columns ?? []) {
      const path = [...target.path.slice(0, 2), c]
      registry().grants.push({ target: { id: idOf('column', ...path), path, text: '' }, grant, site })
    }
  }
}

/** Grants apart from what they are for. In: the object and what each role may do. */
export function grant<K extends string>(target: Named, ...grants: readonly Grant<K>[]): void {
  addGrants(target.ref, grants, callSite())
}

/** One object for each role and target. Targets that are not declared keep their grants: a view's columns are no objects. */
export function grantObjects(calls: readonly GrantCall[], all: ReadonlyMap<Id, Entry>): Entry[] {
  const out = new Map<Id, { object: DbObject<GrantAttrs>; site: Site }>()
  for (const { target, grant, site } of calls) {
    const kind = kindOfId(target.id)
    const owner = all.get(satelliteId('owner', target.id))?.object.attrs['role'] as string | undefined
    for (const like of Array.isArray(grant.to) ? (grant.to as RoleLike[]) : [grant.to as RoleLike]) {
      const { name, refs } = roleOf(like, `a grant on ${target.id}`)
      const id = satelliteId('grant', target.id, name)
      const before = out.get(id)
      const builtIn = grant.builtIn ?? before?.object.attrs.builtIn ?? builtInPrivileges(kind, name, owner)
      const privileges: Record<string, boolean> = { ...before?.object.attrs.privileges }
      for (const p of grant.privileges === 'all' ? (everything[kind] ?? []) : grant.privileges) {
        if (typeof p !== 'string') fail(`a grant on ${target.id}`, 'a privilege is not a word', 'write privileges as select, insert, …')
        privileges[p.toLowerCase()] = grant.grantOption === true || privileges[p.toLowerCase()] === true
      }
      const refsOf = [all.has(target.id) || kind !== 'column' ? target.id : viewOf(target, all), ...refs]
      const attrs = { grantee: name, privileges, builtIn: [...builtIn].sort() }
      out.set(id, { site, object: { id, kind: 'grant', path: target.path, parent: target.id, attrs, refs: refsOf } })
    }
  }
  return [...out.values()].filter((e) => !saysNothing(e.object.attrs))
}

function viewOf(target: Ref, all: ReadonlyMap<Id, Entry>): Id {
  const ids = ['view', 'materialized_view', 'table'].map((k) => idOf(k, ...target.path.slice(0, 2)))
  return ids.find((id) => all.has(id)) ?? ids[0]!
}
