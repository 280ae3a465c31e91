import { lendCreate, lendRole, mayCreateIn, ownersIn, returnCreate, returnRole, rightsFor, roleId } from '../kinds/rights.ts'
import type { Model } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'
import type { PlannedStep } from './plan.ts'

/** Who will run a plan, as the target knows them. */
export interface Executor {
  readonly name: string
  readonly superuser: boolean
  /** Roles whose rights they have. */
  readonly member: readonly string[]
  /** Roles that they may grant. */
  readonly admin: readonly string[]
}

export interface Lent {
  readonly steps: PlannedStep[]
  /** What this user may not do, and whoever applies must be able to: a sentence each. */
  readonly beyond: readonly string[]
}

/**
 * For a user who is no superuser: a role whose things the steps change is granted to them before the first such step and taken
 * back after the last one, and so is CREATE for a role that is given something in a namespace of another. Everything is as
 * declared in the end. Nothing is added for a superuser, or for who has these rights already.
 */
export function lending(steps: readonly PlannedStep[], from: Model, to: Model, who: Executor): Lent {
  if (who.superuser) return { steps: [...steps], beyond: [] }
  const owners = [ownersIn(from), ownersIn(to)]
  const made = new Map(steps.flatMap((s, i) => (s.action === 'create' ? [[s.id, i] as const] : [])))
  const dropped = new Set(steps.flatMap((s) => (s.action === 'drop' ? [s.id] : [])))
  const before = new Map<number, string[]>()
  const after: string[] = []
  const beyond = new Set<string>()
  const lent = new Set<string>()
  const lend = (at: number, statement: string, back: string | null): void => {
    if (lent.has(statement)) return
    lent.add(statement)
    before.set(at, [...(before.get(at) ?? []), statement])
    if (back !== null) after.unshift(back)
  }
  const membership = (role: string): void => {
    if (role === who.name || who.member.includes(role)) return
    const id = roleId(role)
    const birth = made.get(id)
    // Whoever made a role may grant it: one that these steps take away, their own rollback or forward has made.
    if (birth === undefined && !dropped.has(id) && !who.admin.includes(role)) beyond.add(`${lendRole(role).replace('CURRENT_USER', who.name)}: it owns what the plan changes`)
    else lend(birth === undefined ? 0 : birth + 1, lendRole(role), dropped.has(id) ? null : returnRole(role))
  }
  steps.forEach((s, i) => {
    for (const o of objectsOf(s, from, to)) {
      for (const owner of ownersOf(o, owners)) membership(owner)
      const needed = rightsFor(o)
      if (needed.superuser !== undefined) beyond.add(`step ${s.action} ${s.id}: ${needed.superuser} is for superusers`)
      if (needed.member === undefined || s.action === 'drop') continue
      membership(needed.member)
      const { createsIn, member } = needed
      if (createsIn !== undefined && !mayCreateIn(to, member, createsIn)) lend(i, lendCreate(createsIn, member), returnCreate(createsIn, member))
    }
  })
  return { steps: woven(steps, before, after), beyond: [...beyond] }
}

function objectsOf(s: PlannedStep, from: Model, to: Model): DbObject[] {
  const model = s.action === 'drop' ? from : to
  return [s.id, ...s.carries].flatMap((id) => model.objects.get(id) ?? [])
}

/** Those who own an object, what holds it, or what it refers to: all of them are asked when it changes. */
function ownersOf(o: DbObject, owners: readonly ReadonlyMap<Id, string>[]): string[] {
  const ids = [o.id, ...(o.parent === null ? [] : [o.parent]), ...o.refs]
  return ids.flatMap((id) => owners.flatMap((m) => m.get(id) ?? []))
}

function woven(steps: readonly PlannedStep[], before: ReadonlyMap<number, readonly string[]>, after: readonly string[]): PlannedStep[] {
  const step = (sql: string, segment: number): PlannedStep => ({
    action: 'lend', id: 'rights:of_the_user', carries: [], sql: [sql], segment, hazards: [], relation: null, because: null, attributes: [], at: null,
  }) // prettier-ignore
  const out = steps.flatMap((s, i) => [...(before.get(i) ?? []).map((sql) => step(sql, s.segment)), s])
  const last = steps.at(-1)?.segment ?? 0
  return [...out, ...[...(before.get(steps.length) ?? []), ...after].map((sql) => step(sql, last))]
}
