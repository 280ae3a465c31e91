import { idOf, satelliteId, type DbObject, type Id } from '../model/object.ts'
import type { Model } from '../model/model.ts'
import { ident } from '../sql/identifier.ts'
import { kindNamed } from './index.ts'

/** What an object asks of whoever makes or changes it, beyond owning the database. */
export const rightsFor = (o: DbObject): { member?: string; createsIn?: string; superuser?: string } => kindNamed(o.kind).rights?.(o) ?? {}

/** Who owns each object that says so, by its id. */
export function ownersIn(model: Model): ReadonlyMap<Id, string> {
  const out = new Map<Id, string>()
  for (const o of model.objects.values()) {
    const { member } = rightsFor(o)
    if (o.parent !== null && member !== undefined) out.set(o.parent, member)
  }
  return out
}

export const roleId = (role: string): Id => idOf('role', role)

/** Whether a role is declared to be allowed to create in a namespace, or owns it. */
export function mayCreateIn(model: Model, role: string, namespace: string): boolean {
  const id = idOf('namespace', namespace)
  const grant = model.objects.get(satelliteId('grant', id, role))?.attrs['privileges'] as { readonly create?: boolean } | undefined
  return model.objects.get(satelliteId('owner', id))?.attrs['role'] === role || grant?.create !== undefined
}

/** What lets a new owner create in the namespace of what it is given, and so comes first. */
export function roomFor(o: DbObject): Id[] {
  const { member, createsIn } = rightsFor(o)
  if (member === undefined || createsIn === undefined) return []
  const id = idOf('namespace', createsIn)
  return [satelliteId('owner', id), satelliteId('grant', id, member)]
}

/**
 * What a user needs who is no superuser: to be a member of a role whose things they change, and for that role to be allowed to
 * create where it is given something. Source: the manual on ALTER TABLE … OWNER TO.
 */
export const lendRole = (role: string): string => `GRANT ${ident(role)} TO CURRENT_USER`
export const returnRole = (role: string): string => `REVOKE ${ident(role)} FROM CURRENT_USER`
export const lendCreate = (namespace: string, role: string): string => `GRANT CREATE ON SCHEMA ${ident(namespace)} TO ${ident(role)}`
export const returnCreate = (namespace: string, role: string): string => `REVOKE CREATE ON SCHEMA ${ident(namespace)} FROM ${ident(role)}`
