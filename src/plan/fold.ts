import type { Model } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'

export interface FoldRules {
  readonly wanted: (o: DbObject) => boolean
  /** It is there as soon as its parent is, without a clause of its own. */
  readonly comesAlong: (o: DbObject) => boolean
}

/**
 * Which objects of `set` can go inside their parent's step: child to parent. A child stays apart when something it needs
 * needs the parent in turn, since then the parent would have to come both before and after that thing. `moving` is every
 * id that has a step at all.
 */
export function foldable(model: Model, set: ReadonlySet<Id>, moving: ReadonlySet<Id>, { wanted, comesAlong }: FoldRules): Map<Id, Id> {
  const out = new Map<Id, Id>()
  for (const id of set) {
    const o = model.objects.get(id)
    if (o === undefined || o.parent === null || !set.has(o.parent) || !wanted(o)) continue
    if (o.refs.every((r) => r === o.parent || !moving.has(r) || !reaches(model, moving, r, o.parent!))) out.set(id, o.parent)
  }
  for (let again = true; again;) {
    again = false
    for (const [id, parent] of out) {
      const apart = model.objects.get(id)!.refs.some((r) => {
        const sibling = model.objects.get(r)
        return sibling?.parent === parent && set.has(r) && !out.has(r) && !comesAlong(sibling)
      })
      if (apart) again = out.delete(id)
    }
  }
  return out
}

/** Whether `start` needs `goal` by a way that leaves goal's own children: those go inside it as well. */
function reaches(model: Model, moving: ReadonlySet<Id>, start: Id, goal: Id): boolean {
  if (belongsTo(model, start, goal)) return false
  const seen = new Set<Id>([start])
  const stack = [start]
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    for (const r of model.objects.get(id)?.refs ?? []) {
      if (r === goal || belongsTo(model, r, goal)) return true
      if (moving.has(r) && !seen.has(r)) {
        seen.add(r)
        stack.push(r)
      }
    }
  }
  return false
}

function belongsTo(model: Model, id: Id, parent: Id): boolean {
  for (let p = model.objects.get(id)?.parent; p; p = model.objects.get(p)?.parent) if (p === parent) return true
  return false
}
