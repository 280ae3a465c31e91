import { kindNamed } from '../kinds/index.ts'
import { relationOf } from '../kinds/relation.ts'
import type { Model } from '../model/model.ts'
import type { DbObject } from '../model/object.ts'
import type { PlannedStep, Rename } from './plan.ts'

/** Renames of a declaration that still have something to rename: the old is there and the new is not. */
export function applicableRenames(renames: readonly { from: string; to: string }[], current: Model, declared: Model): Rename[] {
  return renames.flatMap(({ from, to }) => {
    const a = current.objects.get(from)
    const b = declared.objects.get(to)
    return a && b && !current.objects.has(to) && !declared.objects.has(from) && kindNamed(a.kind).rename ? [{ from: a, to: b }] : []
  })
}

/** Steps that rename, containers first, so that what is inside is renamed where it then is. */
export function renameSteps(renames: readonly Rename[], back: boolean): PlannedStep[] {
  const depth = (r: Rename): number => r.from.path.length
  const sorted = [...renames].sort((a, b) => (back ? depth(b) - depth(a) : depth(a) - depth(b)))
  return sorted.map((r) => {
    const [from, to] = back ? [r.to, r.from] : [r.from, r.to]
    return step(from, inPlace(from, to, back, renames), to)
  })
}

/** A column of a table that is renamed too: forward the table has its new name already, backward still. */
function inPlace(from: DbObject, to: DbObject, back: boolean, renames: readonly Rename[]): { from: DbObject; to: DbObject } {
  const container = back ? from.path.slice(0, -1) : to.path.slice(0, -1)
  const renamed = renames.some((r) => r.to.path.join('\0') === container.join('\0'))
  if (!renamed) return { from, to }
  return { from: { ...from, path: [...container, from.path.at(-1)!] }, to: { ...to, path: [...container, to.path.at(-1)!] } }
}

/** How it was called: a bare name, or with its place when only that changes. */
const called = (from: DbObject, to: DbObject): string => (from.path.at(-1) === to.path.at(-1) ? from.path.join('.') : from.path.at(-1)!)

function step(from: DbObject, pair: { from: DbObject; to: DbObject }, to: DbObject): PlannedStep {
  const statements = kindNamed(from.kind).rename!(pair.from, pair.to)
  return {
    action: 'rename', id: to.id, carries: [from.id], sql: statements.map((s) => (typeof s === 'string' ? s : s.sql)), segment: 0,
    hazards: [{ name: 'rename', destructive: false, id: to.id, sentence: `readers that still say ${called(from, to)} fail from this moment` }],
    relation: relationOf(to),
    because: null, attributes: [], at: to.at ?? null,
  } // prettier-ignore
}
