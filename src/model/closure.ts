import { modelOf, type Model } from './model.ts'
import type { DbObject, Id } from './object.ts'

/**
 * The ids that must be there for `start` to be built in every one of the models: what they need, what that needs, and
 * the other columns of each relation that is needed.
 */
export function closure(models: readonly Model[], start: Iterable<Id>, comesWith: (o: DbObject) => boolean): Set<Id> {
  const companions = models.map((m) => companionsByParent(m, comesWith))
  const out = new Set<Id>()
  const queue: Id[] = [...start]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (out.has(id)) continue
    out.add(id)
    models.forEach((m, i) => {
      const o = m.objects.get(id)
      if (o === undefined) return
      queue.push(...o.refs)
      if (o.parent !== null) queue.push(o.parent)
      for (const c of companions[i]!.get(id) ?? []) queue.push(c)
    })
  }
  return out
}

function companionsByParent(model: Model, comesWith: (o: DbObject) => boolean): Map<Id, Id[]> {
  const out = new Map<Id, Id[]>()
  for (const o of model.objects.values()) {
    if (o.parent === null || !comesWith(o)) continue
    const list = out.get(o.parent)
    if (list) list.push(o.id)
    else out.set(o.parent, [o.id])
  }
  return out
}

/** Ids that need one of `start`, directly or through others. */
export function dependentClosure(model: Model, start: Iterable<Id>): Set<Id> {
  const by = new Map<Id, Id[]>()
  for (const o of model.objects.values()) {
    for (const r of o.refs) {
      const list = by.get(r)
      if (list) list.push(o.id)
      else by.set(r, [o.id])
    }
  }
  const out = new Set<Id>()
  const queue = [...start]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (out.has(id)) continue
    out.add(id)
    queue.push(...(by.get(id) ?? []))
  }
  return out
}

/** The part of a model with these ids. */
export function restrict(model: Model, ids: ReadonlySet<Id>): Model {
  return modelOf([...model.objects.values()].filter((o) => ids.has(o.id)), model.version, model.unmanaged) // prettier-ignore
}
