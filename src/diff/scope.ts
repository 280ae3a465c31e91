import type { Model } from '../model/model.ts'
import { modelOf } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'

/** Optional objects (owners) that a comparison has an opinion about. */
export type Kept = readonly Id[]

/**
 * Which optional objects count when `current` is brought to `desired`: those that are declared, those of objects that go, since a
 * rollback must bring them back, and those of objects that are made anew, since nobody asked for another owner.
 */
export function keptOptionals(current: Model, desired: Model, optional: (o: DbObject) => boolean, madeAnew: ReadonlySet<Id>): Kept {
  const kept = new Set<Id>()
  for (const o of desired.objects.values()) if (optional(o)) kept.add(o.id)
  for (const o of current.objects.values()) {
    if (!optional(o) || kept.has(o.id)) continue
    if (o.parent !== null && (!desired.objects.has(o.parent) || madeAnew.has(o.parent))) kept.add(o.id)
  }
  return [...kept].sort()
}

/** The desired state with the kept optional objects that it does not speak of, as they are. */
export function carrying(desired: Model, current: Model, kept: Kept, optional: (o: DbObject) => boolean): Model {
  const more = kept.flatMap((id) => {
    const o = desired.objects.has(id) ? undefined : current.objects.get(id)
    return o !== undefined && optional(o) && o.parent !== null && desired.objects.has(o.parent) ? [o] : []
  })
  return more.length === 0 ? desired : modelOf([...desired.objects.values(), ...more], desired.version, desired.unmanaged)
}

/** A model without the optional objects that a comparison has no opinion about. */
export function keeping(model: Model, kept: Kept, optional: (o: DbObject) => boolean): Model {
  const ids = new Set(kept)
  return modelOf([...model.objects.values()].filter((o) => !optional(o) || ids.has(o.id)), model.version, model.unmanaged) // prettier-ignore
}
