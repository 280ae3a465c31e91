import type { DbObject, Id } from './object.ts'

/** Objects of a kind that is not managed: counted and named, never passed over. */
export interface Unmanaged {
  readonly what: string
  readonly count: number
  readonly names: readonly string[]
}

/** A whole database, or the part of it that is managed. */
export interface Model {
  readonly objects: ReadonlyMap<Id, DbObject>
  readonly unmanaged: readonly Unmanaged[]
  /** `server_version_num` of the server whose spelling the expressions have; 0 for a declaration as written. */
  readonly version: number
}

/** A model from a list of objects. Throws on two objects of one id. */
export function modelOf(objects: Iterable<DbObject>, version = 0, unmanaged: readonly Unmanaged[] = []): Model {
  const map = new Map<Id, DbObject>()
  for (const o of objects) {
    if (map.has(o.id)) throw new Error(`two objects are called ${o.id}`)
    map.set(o.id, o)
  }
  return { objects: map, version, unmanaged }
}

/** Children by parent id, in the order of the model. */
export function childrenOf(model: Model): Map<Id, DbObject[]> {
  const map = new Map<Id, DbObject[]>()
  for (const o of model.objects.values()) {
    if (o.parent === null) continue
    const list = map.get(o.parent)
    if (list) list.push(o)
    else map.set(o.parent, [o])
  }
  return map
}
