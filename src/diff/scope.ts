import type { Model } from '../model/model.ts'
import { modelOf } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'

/** Optional objects (owners) that a comparison has an opinion about. */
export type Kept = readonly Id[]

/**
 * Which optional objects count when `current` is brought to `desired`: those that are declared, and those of objects that
 * go, since a rollback must bring them back.
 */
export function keptOptionals(current: Model, desired: Model, optional: (o: DbObject) => boolean): Kept {
  const kept = new Set<Id>()
  for (const o of desired.objects.values()) if (optional(o)) kept.add(o.id)
  for (const o of current.objects.values()) {
    if (!optional(o) || kept.has(o.id)) continue
    if (o.parent !== null && !desired.objects.has(o.parent)) kept.add(o.id)
  }
  return [...kept].sort()
}

/** A model without the optional objects that a comparison has no opinion about. */
export function keeping(model: Model, kept: Kept, optional: (o: DbObject) => boolean): Model {
  const ids = new Set(kept)
  return modelOf([...model.objects.values()].filter((o) => !optional(o) || ids.has(o.id)), model.version, model.unmanaged) // prettier-ignore
}
