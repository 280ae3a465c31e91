import type { Address, CatalogRow, Kind, ReadContext } from '../kinds/contract.ts'
import { kindNamed, kinds } from '../kinds/index.ts'
import { idOf, type DbObject, type Id } from '../model/object.ts'
import { modelOf, type Model, type Unmanaged } from '../model/model.ts'
import type { Scope } from './scope.ts'

/** The document that the introspection query answers with. */
export interface Found {
  readonly [kind: string]: unknown
  readonly depends: readonly (readonly [number, number, number, number, number, number])[]
  readonly members: readonly (readonly [number, number, string])[]
  readonly unmanaged: readonly Unmanaged[]
}

const addressKey = (a: Address): string => `${a[0]}.${a[1]}.${a[2]}`
const wholeOf = (a: Address): string => `${a[0]}.${a[1]}.0`

/** The model in an introspection document. */
export function readModel(found: Found, version: number, scope: Scope): Model {
  const ids = new Map<string, Id>()
  const paths = new Map<Id, readonly string[]>()
  const drafts: { object: DbObject; row: CatalogRow }[] = []
  const context: ReadContext = { version, idAt: (a) => ids.get(addressKey(a)), pathOf: (id) => paths.get(id) ?? [] }

  for (const kind of kinds) {
    for (const row of found[kind.kind] as CatalogRow[]) {
      const objects = kind.read ? kind.read(row, context) : [plainObject(kind, row)]
      for (const object of objects) {
        drafts.push({ object, row })
        paths.set(object.id, object.path)
      }
      const first = objects[0]
      if (first) for (const a of row.addresses ?? []) if (!ids.has(addressKey(a))) ids.set(addressKey(a), first.id)
    }
  }
  const members = new Map(found.members.map(([c, o, extension]) => [`${c}.${o}.0`, idOf('extension', extension)]))
  const at = (a: Address): Id | undefined => ids.get(addressKey(a)) ?? ids.get(wholeOf(a)) ?? members.get(wholeOf(a))
  const needs = dependencies(found, at, ids)

  const objects: DbObject[] = []
  for (const { object, row } of drafts) {
    const parent = object.parent ?? (row.parent ? (at(row.parent) ?? null) : null)
    const refs = new Set(object.refs)
    if (parent !== null) refs.add(parent)
    for (const a of row.needs ?? []) {
      const id = at(a)
      if (id !== undefined) refs.add(id)
    }
    for (const id of needs.get(object.id) ?? []) refs.add(id)
    refs.delete(object.id)
    objects.push({ ...object, parent, refs: [...refs].sort(), ...(row.facts ? { facts: row.facts } : {}) })
  }
  const outside = new Set(objects.filter((o) => !inScope(o, scope)).map((o) => o.id))
  return modelOf(
    objects.filter((o) => !outside.has(o.id) && !(o.parent !== null && outside.has(o.parent))),
    version,
    found.unmanaged,
  )
}

function plainObject(kind: Kind, row: CatalogRow): DbObject {
  const path = row.path!
  return { id: kind.id ? kind.id(path) : idOf(kind.kind, ...path), kind: kind.kind, path, parent: null, attrs: row.attrs, refs: [] }
}

/** Ids that each id needs, from pg_depend. */
function dependencies(found: Found, at: (a: Address) => Id | undefined, ids: ReadonlyMap<string, Id>): Map<Id, Set<Id>> {
  const out = new Map<Id, Set<Id>>()
  for (const [c, o, s, rc, ro, rs] of found.depends) {
    const id = ids.get(`${c}.${o}.${s}`) ?? ids.get(`${c}.${o}.0`)
    const ref = at([rc, ro, rs])
    if (id === undefined || ref === undefined || id === ref) continue
    const set = out.get(id)
    if (set) set.add(ref)
    else out.set(id, new Set([ref]))
  }
  return out
}

/** Roles and extensions are the server's: only the declared ones are compared. What belongs to the database goes with the namespaces it speaks of. */
function inScope(o: DbObject, scope: Scope): boolean {
  const roleOf = o.id.startsWith('role:') || o.parent?.startsWith('role:') ? o.path : o.id.startsWith('membership:') ? o.path : null
  if (roleOf !== null) return roleOf.every((r) => scope.roles.includes(r))
  if (o.id.startsWith('extension:') || o.parent?.startsWith('extension:')) return scope.extensions === '*' || scope.extensions.includes(o.path[0]!)
  const spoken = kindNamed(o.kind).namespaces
  if (spoken !== undefined && scope.namespaces !== '*' && !scope.named?.includes(o.id)) {
    const { namespaces } = scope
    return spoken(o)?.every((n) => namespaces.includes(n)) ?? false
  }
  return true
}
