import { diff, type Change } from '../diff/diff.ts'
import type { Hazard, Statement } from '../kinds/contract.ts'
import { kindNamed } from '../kinds/index.ts'
import { relationOf } from '../kinds/relation.ts'
import type { Model } from '../model/model.ts'
import type { DbObject, Id, Position } from '../model/object.ts'
import { expand, type Fate } from './expand.ts'
import { order, type Step } from './order.ts'

/** A step as people read it and as plan.json keeps it. */
export interface PlannedStep {
  /** `lend`: a right that the user who runs the plan gets for as long as it runs. */
  readonly action: 'create' | 'alter' | 'drop' | 'rename' | 'lend'
  readonly id: Id
  /** Other objects that this step carries: columns inside a CREATE TABLE. */
  readonly carries: readonly Id[]
  readonly sql: readonly string[]
  /** Steps of one segment share a transaction. */
  readonly segment: number
  readonly hazards: readonly SpokenHazard[]
  /** The relations whose locks and size matter for this step. */
  readonly relation: Id | null
  /** It was made anew, or touched, only because this object is. */
  readonly because: Id | null
  readonly attributes: readonly string[]
  readonly at: Position | null
}

export interface SpokenHazard extends Hazard {
  readonly id: Id
}

/** A rename that the declaration asks for, already possible in the current state. */
export interface Rename {
  readonly from: DbObject
  readonly to: DbObject
}

/** The ordered steps from one state to another. Rollback is this with the states exchanged: no kind writes its own. */
export function planSteps(from: Model, to: Model): PlannedStep[] {
  return segmented(order(from, to, expand(from, to, diff(from, to))), from)
}

/** What the way from one state to another makes anew although both have it. */
export function madeAnew(from: Model, to: Model): ReadonlySet<Id> {
  return expand(from, to, diff(from, to)).madeAnew
}

export function changesBetween(from: Model, to: Model): Change[] {
  return diff(from, to)
}

const textOf = (s: Statement): string => (typeof s === 'string' ? s : s.sql)

function segmented(steps: readonly Step[], from: Model): PlannedStep[] {
  let segment = 0
  let pending = false
  return steps.map((s) => {
    const boundary = s.statements.some((x) => typeof x !== 'string')
    if (pending && !boundary) segment++
    pending = boundary
    return planned(s, segment, from)
  })
}

function planned(step: Step, segment: number, from: Model): PlannedStep {
  const { fate } = step
  const o = (fate.to ?? fate.from)!
  const relation = relationOf(o)
  return {
    action: step.action,
    id: step.id,
    carries: step.carries.map((c) => c.id),
    sql: step.statements.map(textOf),
    segment,
    hazards: relation !== null && !from.objects.has(relation) ? [] : hazardsOf(step),
    relation,
    because: fate.because,
    attributes: fate.attributes,
    at: o.at ?? null,
  }
}

/** The dangers of a step. A new table has none: nobody has waited for it yet. */
function hazardsOf(step: Step): SpokenHazard[] {
  const all: Fate[] = [step.fate, ...step.carries]
  return all.flatMap((f) => {
    if (f.aside) return []
    if (step.action === 'create' && f !== step.fate) return []
    if (step.action === 'drop' && f !== step.fate) return []
    const type = f.replaced ? 'replace' : step.action
    if (f.replaced && step.action === 'create' && kindNamed(f.to!.kind).stateless === false) return []
    const hazards = kindNamed((f.to ?? f.from)!.kind).hazards?.(type, f.from, f.to, f.attributes) ?? []
    const of = f.replaced ? hazards.filter((h) => h.destructive === (step.action === 'drop') || kindNamed(f.to!.kind).stateless) : hazards
    return (f.replaced && kindNamed(f.to!.kind).stateless && step.action === 'drop' ? [] : of).map((h) => ({ ...h, id: f.id }))
  })
}
