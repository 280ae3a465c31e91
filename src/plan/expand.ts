import type { Change } from '../diff/diff.ts'
import type { AlterContext, Alteration, Aside, Statement } from '../kinds/contract.ts'
import { kindNamed } from '../kinds/index.ts'
import type { Model } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'

/** What happens to one object: some of a drop (or a step aside), an alteration, a create (or a step back). */
export interface Fate {
  readonly id: Id
  readonly from: DbObject | null
  readonly to: DbObject | null
  readonly attributes: readonly string[]
  /** Dropped and created although both states have it. */
  readonly replaced: boolean
  /** Why it is touched although nothing of it changed. */
  readonly because: Id | null
  readonly alter: readonly Statement[]
  /** It steps aside for a dependency and back, instead of being dropped. */
  readonly aside: Aside | null
  /** The change around which it goes and comes back. */
  readonly around: Id | null
}

export interface Expanded {
  /** Objects that are dropped and made again, or replaced by another of their name. */
  readonly madeAnew: ReadonlySet<Id>
  readonly fates: ReadonlyMap<Id, Fate>
  readonly context: AlterContext
}

/** Decides each object's fate: what is altered in place, what is made anew, and what must make way for that. */
export function expand(from: Model, to: Model, changes: readonly Change[]): Expanded {
  const dependents = dependentsOf(from)
  const context: AlterContext = { from, to, dependents: (id) => dependents.get(id) ?? [] }
  const fates = new Map<Id, Fate>()
  const causes: Cause[] = []
  const blank = { attributes: [], replaced: false, because: null, alter: [], aside: null, around: null }

  for (const c of changes) {
    if (c.type === 'create') fates.set(c.id, { ...blank, id: c.id, from: null, to: c.to })
    else if (c.type === 'drop') {
      fates.set(c.id, { ...blank, id: c.id, from: c.from, to: null })
      causes.push({ id: c.id, how: 'drop', root: c.id })
    } else {
      const alteration = alter(c.from, c.to, c.attributes, context)
      const replaced = alteration === 'replace'
      fates.set(c.id, { ...blank, id: c.id, from: c.from, to: c.to, attributes: c.attributes, replaced, alter: replaced ? [] : alteration.statements })
      const how = replaced ? 'replace' : alteration.how
      if (how !== null) causes.push({ id: c.id, how, root: c.id })
    }
  }
  makeWay(causes, fates, context)
  const madeAnew = new Set([...fates.values()].flatMap((f) => (f.replaced ? [f.id] : [])))
  for (const c of causes) if (c.how === 'anew') madeAnew.add(c.id)
  return { fates, context, madeAnew }
}

type Altered = 'replace' | { statements: Statement[]; how: 'rebuild' | 'anew' | null }

function alter(from: DbObject, to: DbObject, attributes: readonly string[], context: AlterContext): Altered {
  const rules = kindNamed(to.kind).alter as Record<string, unknown>
  const statements: Statement[] = []
  const seen = new Set<string>()
  let how: 'rebuild' | 'anew' | null = null
  for (const name of Object.keys(rules)) {
    if (!attributes.includes(name)) continue
    const rule = rules[name] as 'replace' | ((f: DbObject, t: DbObject, c: AlterContext) => Alteration)
    const result = rule === 'replace' ? rule : rule(from, to, context)
    if (result === 'replace') return 'replace'
    const list = 'rebuild' in result ? result.rebuild : result
    if ('rebuild' in result) how = result.anew || how === 'anew' ? 'anew' : 'rebuild'
    for (const s of list) {
      const text = typeof s === 'string' ? s : s.sql
      if (!seen.has(text)) statements.push(s)
      seen.add(text)
    }
  }
  return { statements, how }
}

/** What makes others go and come back: it is dropped, replaced, made anew by its own statements, or given another type. */
interface Cause {
  readonly id: Id
  readonly how: 'drop' | 'replace' | 'anew' | 'rebuild'
  /** The change that all this is for. */
  readonly root: Id
}

/** Everything that PostgreSQL would refuse to leave standing is dropped before and created after, as far as it still is desired. */
function makeWay(start: readonly Cause[], fates: Map<Id, Fate>, context: AlterContext): void {
  const queue = [...start]
  for (let cause = queue.shift(); cause !== undefined; cause = queue.shift()) {
    const { id, how, root } = cause
    for (const d of context.dependents(id)) {
      const kind = kindNamed(d.kind)
      const to = context.to.objects.get(d.id)
      if (to === undefined || (kind.survivesRetype && !goesAlong(d, how, id))) continue
      const known = fates.get(d.id)
      if (known && (known.to === null || known.from === null || known.replaced || known.aside)) continue
      // What lost something it needs was changed itself, or finds another of the same name.
      if (how === 'drop' && (known || to.refs.includes(id))) continue
      const aside = kind.stepAside?.(d, to, id, context) ?? null
      const fate = { id: d.id, from: d, to, attributes: [], replaced: false, because: known ? null : id, alter: [], aside: null, around: root }
      if (aside !== null) {
        if (aside.before.length + aside.after.length > 0 && !known) fates.set(d.id, { ...fate, aside })
        if (aside.retyped) queue.push({ id: d.id, how: 'rebuild', root })
        continue
      }
      if (how === 'drop' && !kind.stateless) continue
      fates.set(d.id, { ...fate, attributes: known?.attributes ?? [], replaced: true })
      queue.push({ id: d.id, how: 'replace', root })
    }
  }
}

/** Whether an object that outlives a change of type goes with this change all the same. */
function goesAlong(o: DbObject, how: Cause['how'], id: Id): boolean {
  return how === 'replace' || how === 'drop' || (how === 'anew' && o.parent === id && kindNamed(o.kind).dropsWithParent)
}

/** Who needs each id in this model, one step. */
export function dependentsOf(model: Model): Map<Id, DbObject[]> {
  const out = new Map<Id, DbObject[]>()
  for (const o of model.objects.values()) {
    for (const r of o.refs) {
      const list = out.get(r)
      if (list) list.push(o)
      else out.set(r, [o])
    }
  }
  return out
}
