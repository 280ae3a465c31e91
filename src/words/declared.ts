import { UserError } from '../model/error.ts'
import { modelOf, type Model } from '../model/model.ts'
import { idOf, type DbObject, type Id, type Position } from '../model/object.ts'
import { grantObjects } from './grants.ts'
import { registry, type Entry } from './registry.ts'

export interface Rename {
  readonly from: Id
  readonly to: Id
  readonly at: Position | undefined
}

/** What a declaration says. Expressions are as written; only the shadow database prints them as a server does. */
export interface DeclaredModel {
  readonly model: Model
  /** Declared renames: `from` is what the current database calls it. Containers come before what is in them. */
  readonly renames: readonly Rename[]
  /** Roles that are declared, and so managed. */
  readonly roles: readonly string[]
  readonly extensions: readonly string[]
  /** Every namespace that the declaration names. */
  readonly namespaces: readonly string[]
  readonly files: readonly string[]
}

/** All objects, with the grants and the implied namespaces that follow from them. */
export function collect(): Map<Id, Entry> {
  const { entries, grants, namespaces } = registry()
  const all = new Map<Id, Entry>()
  for (const [name, site] of namespaces) {
    const id = idOf('namespace', name)
    if (!entries.has(id)) all.set(id, { object: { id, kind: 'namespace', path: [name], parent: null, attrs: {}, refs: [] }, site })
  }
  for (const [id, entry] of entries) all.set(id, entry)
  for (const entry of grantObjects(grants, all)) all.set(entry.object.id, entry)
  return all
}

/** Summary of a set of objects: which roles, extensions and namespaces it declares. */
export function scopeOf(objects: Iterable<DbObject>): { roles: string[]; extensions: string[]; namespaces: string[] } {
  const names = { role: [] as string[], extension: [] as string[], namespace: [] as string[] }
  for (const o of objects) if (o.kind in names) names[o.kind as keyof typeof names].push(o.path[0]!)
  return { roles: names.role.sort(), extensions: names.extension.sort(), namespaces: names.namespace.sort() }
}

/** What has been declared in this process, without positions. Throws UserError on two objects of one id. */
export function declared(): DeclaredModel {
  const duplicate = registry().duplicates[0]
  if (duplicate) throw new UserError({ where: duplicate.id, what: 'it is declared twice', todo: 'keep one of the two' })
  const objects = [...collect().values()].map((e) => e.object)
  const renames = registry().renames.map(({ from, to }) => ({ from, to, at: undefined }))
  return { model: modelOf(objects), renames, files: [], ...scopeOf(objects) }
}
