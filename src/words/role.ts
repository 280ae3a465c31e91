import type { RoleAttrs } from '../kinds/role/index.ts'
import { idOf, type Id } from '../model/object.ts'
import { ident, roleName } from '../sql/identifier.ts'
import { addComment } from './comment.ts'
import { checkedName, fail } from './fail.ts'
import type { Named } from './ref.ts'
import { add } from './registry.ts'
import { settingsOf, type Settings } from './settings.ts'
import { callSite } from './site.ts'

export interface Role extends Named {
  readonly role: string
}

/** A role, or its name when it is not declared here. */
export type RoleLike = Role | string

export interface RoleSpec {
  readonly superuser?: boolean
  readonly createDatabase?: boolean
  readonly createRole?: boolean
  readonly inherit?: boolean
  readonly login?: boolean
  readonly replication?: boolean
  readonly bypassRowSecurity?: boolean
  readonly connectionLimit?: number
  readonly validUntil?: string
  readonly settings?: Settings
  /** The groups it is in. `inherit` and `set` need PostgreSQL 16. */
  readonly memberOf?: readonly (RoleLike | Membership)[]
  readonly comment?: string
}

export interface Membership {
  readonly role: RoleLike
  readonly admin?: boolean
  readonly inherit?: boolean
  readonly set?: boolean
}

/** Everyone: `PUBLIC`. */
export const publicRole: Role = { role: 'public', ref: { id: 'role:public', path: ['public'], text: 'PUBLIC' } }

/** A role that exists on the server and is not managed here; it can be granted to and can own. */
export function existingRole(name: string): Role {
  return { role: name, ref: { id: idOf('role', name), path: [name], text: ident(name) } }
}

/** Declares a role, its settings and its memberships. Passwords are never declared. Throws UserError for a bad name. */
export function role(name: string, spec: RoleSpec = {}): Role {
  const site = callSite()
  const out = existingRole(checkedName(name, `role ${name}`))
  const attrs: RoleAttrs = {
    superuser: spec.superuser ?? false, createDatabase: spec.createDatabase ?? false, createRole: spec.createRole ?? false,
    inherit: spec.inherit ?? true, login: spec.login ?? false, replication: spec.replication ?? false,
    bypassRowSecurity: spec.bypassRowSecurity ?? false, connectionLimit: spec.connectionLimit ?? -1,
    validUntil: spec.validUntil ?? null, settings: settingsOf(spec.settings),
  } // prettier-ignore
  add({ id: out.ref.id, kind: 'role', path: [name], parent: null, attrs, refs: [] }, site)
  for (const given of spec.memberOf ?? []) {
    const m: Membership = typeof given === 'string' || 'ref' in given ? { role: given } : given
    const path = [roleOf(m.role, `role ${name}`).name, name]
    const membership = { admin: m.admin ?? false, inherit: m.inherit ?? null, set: m.set ?? null }
    const refs = path.map((r) => idOf('role', r))
    add({ id: idOf('membership', ...path), kind: 'membership', path, parent: null, attrs: membership, refs }, site)
  }
  addComment(out.ref, spec.comment, site)
  return out
}

/** The name of a role and what refers to it. Throws UserError when it is none. */
export function roleOf(like: RoleLike, subject: string): { name: string; refs: Id[] } {
  const name = typeof like === 'string' ? like : (like as Partial<Role> | undefined)?.role
  if (typeof name !== 'string') fail(subject, 'a role in it is not a role', 'give what role() or existingRole() returned, or a name')
  if (roleName(name) === 'PUBLIC') return { name: 'public', refs: [] }
  return { name, refs: [idOf('role', name)] }
}
