import type { DefaultGrantAttrs } from '../kinds/default_grant/index.ts'
import type { MembershipAttrs } from '../kinds/membership/index.ts'
import { newRole } from '../kinds/role/render.ts'
import type { RoleAttrs } from '../kinds/role/index.ts'
import { idOf, type DbObject } from '../model/object.ts'
import { commentCode } from './behaviour.ts'
import { call, object, quote, record, unlessEmpty, type Code } from './code.ts'
import { roleCode } from './grants.ts'
import type { Writer } from './writer.ts'

/** Every role that something in the model speaks of. */
function namedRoles(w: Writer): Set<string> {
  const out = new Set<string>()
  for (const o of w.model.objects.values()) {
    const a = o.attrs as { role?: string; grantee?: string; roles?: string[] }
    if (o.kind === 'owner' || o.kind === 'default_grant') out.add(a.role!)
    if (o.kind === 'grant' || o.kind === 'default_grant') out.add(a.grantee!)
    if (o.kind === 'policy') for (const r of a.roles!) out.add(r)
    if (o.kind === 'membership') for (const r of o.path) out.add(r)
  }
  if (w.defaultOwner !== undefined) out.delete(w.defaultOwner)
  out.delete('public')
  return out
}

/** Declared roles, groups before their members, then those that are only spoken of. */
export function writeRoles(w: Writer, file: string): void {
  const memberships = w.ofKind<MembershipAttrs>('membership')
  const done = new Set<string>()
  const visit = (o: DbObject<RoleAttrs>): void => {
    const name = o.path[0]!
    if (done.has(name)) return
    done.add(name)
    const groups = memberships.filter((m) => m.path[1] === name)
    for (const g of groups) {
      const group = w.model.objects.get(idOf('role', g.path[0]!))
      if (group) visit(group as DbObject<any>)
    }
    writeRole(w, file, o, groups)
  }
  for (const o of w.ofKind<RoleAttrs>('role')) visit(o)
  for (const name of [...namedRoles(w)].sort()) {
    if (done.has(name)) continue
    w.files.use(file, 'existingRole')
    w.files.add(file, call('existingRole', quote(name)), w.constant(`role:${name}`, [name], file, 'Role').name)
  }
}

function writeRole(w: Writer, file: string, o: DbObject<RoleAttrs>, groups: readonly DbObject<MembershipAttrs>[]): void {
  w.take(o.id)
  w.files.use(file, 'role')
  const { settings, ...plain } = o.attrs
  const fields: { [name: string]: Code | undefined } = {}
  for (const [k, v] of Object.entries(plain)) if (v !== newRole[k as keyof RoleAttrs]) fields[k] = typeof v === 'string' ? quote(v) : String(v)
  fields['settings'] = unlessEmpty(record(Object.entries(settings).map(([k, v]) => [k, quote(v)])))
  fields['memberOf'] = groups.length === 0 ? undefined : groups.map((g) => membershipCode(w, file, g))
  fields['comment'] = commentCode(w, o.id)
  w.files.add(file, call('role', quote(o.path[0]!), unlessEmpty(object(fields))), w.constant(`role:${o.path[0]}`, o.path, file, 'Role').name)
}

function membershipCode(w: Writer, file: string, o: DbObject<MembershipAttrs>): Code {
  w.take(o.id)
  const { admin, inherit, set } = o.attrs
  const role = roleCode(w, file, o.path[0]!)
  if (!admin && inherit === null && set === null) return role
  return object({ role, admin: admin ? 'true' : undefined, inherit: inherit === null ? undefined : String(inherit), set: set === null ? undefined : String(set) })
}

const usual: { readonly [objects: string]: readonly string[] } = { functions: ['execute'], types: ['usage'] }

export function writeDefaultGrants(w: Writer, file: string): void {
  for (const o of w.ofKind<DefaultGrantAttrs>('default_grant')) {
    w.take(o.id)
    w.files.use(file, 'defaultPrivileges')
    const a = o.attrs
    const names = Object.keys(a.privileges)
    const withOption = names.filter((n) => a.privileges[n])
    const builtIn = a.namespace === null && a.grantee === 'public' ? (usual[a.objects] ?? []) : []
    const code = object({
      for: roleCode(w, file, a.role), namespace: a.namespace === null ? undefined : w.namespace(file, a.namespace), on: quote(a.objects),
      to: roleCode(w, file, a.grantee), privileges: names.map(quote),
      grantOption: withOption.length === 0 ? undefined : withOption.length === names.length ? 'true' : withOption.map(quote),
      builtIn: builtIn.join() === a.builtIn.join() ? undefined : a.builtIn.map(quote),
    }) // prettier-ignore
    w.files.add(file, call('defaultPrivileges', code))
  }
}
