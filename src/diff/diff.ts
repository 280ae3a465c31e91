import { equal } from '../model/equal.ts'
import type { Model } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'

/** What differs at one id. */
export type Change =
  | { readonly type: 'create'; readonly id: Id; readonly to: DbObject }
  | { readonly type: 'drop'; readonly id: Id; readonly from: DbObject }
  | { readonly type: 'alter'; readonly id: Id; readonly from: DbObject; readonly to: DbObject; readonly attributes: readonly string[] }

/** The changes that lead from one model to another: by id, then attribute by attribute. Knows no kind. */
export function diff(from: Model, to: Model): Change[] {
  const out: Change[] = []
  for (const [id, b] of to.objects) {
    const a = from.objects.get(id)
    if (a === undefined) out.push({ type: 'create', id, to: b })
    else if (a.attrs !== b.attrs) {
      const attributes = changedAttributes(a, b)
      if (attributes.length > 0) out.push({ type: 'alter', id, from: a, to: b, attributes })
    }
  }
  for (const [id, a] of from.objects) if (!to.objects.has(id)) out.push({ type: 'drop', id, from: a })
  return out
}

function changedAttributes(a: DbObject, b: DbObject): string[] {
  const names = new Set([...Object.keys(a.attrs), ...Object.keys(b.attrs)])
  return [...names].filter((n) => !equal(a.attrs[n], b.attrs[n]))
}
