import type { Model } from '../model/model.ts'
import type { DbObject } from '../model/object.ts'

/**
 * The part of the current state that a declaration has an opinion about. An owner is one only where the declaration
 * names it: an object without a declared owner keeps the one it has.
 */
export function withoutUndeclared(current: Model, desired: Model, optional: (o: DbObject) => boolean): Model {
  const objects = new Map(current.objects)
  for (const [id, o] of current.objects) {
    if (optional(o) && !desired.objects.has(id) && o.parent !== null && desired.objects.has(o.parent)) objects.delete(id)
  }
  return { ...current, objects }
}
