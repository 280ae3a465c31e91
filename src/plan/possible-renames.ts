import type { Change } from '../diff/diff.ts'
import { kindNamed } from '../kinds/index.ts'
import { canonicalJson } from '../model/fingerprint.ts'
import type { Model } from '../model/model.ts'
import { childrenOf } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'

/** A drop and a create so alike that a rename may have been meant. */
export interface PossibleRename {
  readonly from: DbObject
  readonly to: DbObject
}

/** Pairs of a dropped and a created object of one kind that hold data, have one shape, and live in one place. */
export function possibleRenames(changes: readonly Change[], from: Model, to: Model): PossibleRename[] {
  const created = new Map<string, DbObject>()
  const fromChildren = childrenOf(from)
  const toChildren = childrenOf(to)
  const gone = new Set(changes.flatMap((c) => (c.type === 'drop' ? [c.id] : [])))
  const born = new Set(changes.flatMap((c) => (c.type === 'create' ? [c.id] : [])))
  for (const c of changes) {
    if (c.type !== 'create' || !holdsData(c.to) || (c.to.parent !== null && born.has(c.to.parent))) continue
    const s = shape(c.to, toChildren)
    if (s !== null && !created.has(s)) created.set(s, c.to)
  }
  const out: PossibleRename[] = []
  for (const c of changes) {
    if (c.type !== 'drop' || !holdsData(c.from) || (c.from.parent !== null && gone.has(c.from.parent))) continue
    const s = shape(c.from, fromChildren)
    const match = s === null ? undefined : created.get(s)
    if (match) {
      out.push({ from: c.from, to: match })
      created.delete(s!)
    }
  }
  return out
}

const holdsData = (o: DbObject): boolean => !kindNamed(o.kind).stateless && kindNamed(o.kind).rename !== undefined

/** What must be alike: kind, place, attributes, and for something with columns, their names and types. */
function shape(o: DbObject, children: ReadonlyMap<Id, readonly DbObject[]>): string | null {
  const own = (children.get(o.id) ?? []).filter((c) => !kindNamed(c.kind).stateless)
  if (o.attrs['inherited'] === true) return null
  const place = o.path.slice(0, -1)
  const inside = own.map((c) => [c.path.at(-1)!, canonicalJson(c.attrs)] as const).sort(([a], [b]) => (a < b ? -1 : 1))
  if (own.length === 0 && o.parent === null) return null
  return canonicalJson([o.kind, [...place], o.attrs, inside.map(([n, t]) => [n, t])])
}
