import { modelOf, type Model } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'
import { partitionsOf } from './relation.ts'

/** Tables whose partitions follow the calendar, and the partitions that a declaration names for each today. */
export type Calendar = { readonly [table: Id]: readonly Id[] }

/** A table's rule, as `monthly(…)` leaves it in the table's facts. Days are UTC, as 2026-07-01. */
export interface CalendarRule {
  readonly every: 'month'
  readonly from: string
  readonly ahead: number
  /** `24 months`; null when rows are kept for ever. */
  readonly retain: string | null
  /** The day the declaration was read. */
  readonly today: string
}

/** The month of a partition, in its facts. Moments are ISO 8601, UTC. */
export interface CalendarMonth {
  readonly from: string
  readonly until: string
  /** It is wholly older than the declared retention. */
  readonly expired: boolean
  /** A query whose rows are the reasons to keep it. */
  readonly holds: string | null
}

/** A partition that left its table by way of `retire`. */
export interface Retired {
  readonly id: Id
  /** It is detached, or half so, and still there as a table of its own. */
  readonly open: boolean
}

export const ruleOf = (o: DbObject | undefined): CalendarRule | undefined => o?.facts?.['partitions'] as CalendarRule | undefined
export const monthOf = (o: DbObject | undefined): CalendarMonth | undefined => o?.facts?.['month'] as CalendarMonth | undefined

export const followsCalendar = (declared: Model): boolean => [...declared.objects.values()].some((o) => ruleOf(o) !== undefined)

/** The calendar of a declaration: `monthly(…)` leaves its rule in the table's facts. */
export function calendarOf(declared: Model): Calendar {
  const parts = partitionsOf(declared)
  const tables = [...declared.objects.values()].filter((o) => ruleOf(o) !== undefined)
  return Object.fromEntries(tables.map((t) => [t.id, (parts.get(t.id) ?? []).sort()]))
}

/**
 * A model without the partitions that calendar tables have beyond the declared ones: older ones wait for `retire`, newer
 * ones were made ahead. A plan neither drops nor describes them.
 */
export function withinCalendar(model: Model, calendar: Calendar): Model {
  const parts = partitionsOf(model)
  return without(
    model,
    Object.entries(calendar).flatMap(([table, named]) => (parts.get(table) ?? []).filter((id) => !named.includes(id))),
  )
}

/**
 * Both states without what has been retired: a plan neither makes it again nor misses it. That is a month that the journal of
 * the database says is retired, or one past its retention, as long as its partition is not attached. A month past its retention
 * that is still attached is compared like any other; one that is on its way out is not.
 */
export function withoutRetired(declared: Model, current: Model, retired: readonly Retired[]): { declared: Model; current: Model } {
  const open = new Map(retired.map((r) => [r.id, r.open]))
  const gone = (o: DbObject): boolean => {
    const month = monthOf(o)
    if (month === undefined) return false
    if (open.get(o.id) === true) return true
    if ((current.objects.get(o.id)?.attrs['partitionOf'] ?? null) !== null) return false
    return open.has(o.id) || (month.expired && !current.objects.has(o.id))
  }
  const away = [...declared.objects.values()].filter(gone).map((o) => o.id)
  return { declared: without(declared, away), current: withoutOpen(current, retired) }
}

/** The current state without the partitions that `retire` has begun to detach and not yet dropped. */
export function withoutOpen(current: Model, retired: readonly Retired[]): Model {
  return without(current, retired.flatMap((r) => (r.open && current.objects.has(r.id) ? [r.id] : []))) // prettier-ignore
}

/** Every object of these partitions: their own partitions, columns, and what hangs on them. */
export function objectsOf(model: Model, partitions: readonly Id[]): DbObject[] {
  const all = new Set<Id>()
  const parts = partitionsOf(model)
  for (const id of partitions) addWithParts(id, parts, all)
  const belongs = (o: DbObject | undefined): boolean => o !== undefined && (all.has(o.id) || (o.parent !== null && (all.has(o.parent) || belongs(model.objects.get(o.parent)))))
  return [...model.objects.values()].filter(belongs)
}

function without(model: Model, partitions: readonly Id[]): Model {
  if (partitions.length === 0) return model
  const gone = new Set(objectsOf(model, partitions).map((o) => o.id))
  return modelOf([...model.objects.values()].filter((o) => !gone.has(o.id)), model.version, model.unmanaged) // prettier-ignore
}

function addWithParts(id: Id, parts: ReadonlyMap<Id, readonly Id[]>, out: Set<Id>): void {
  out.add(id)
  for (const child of parts.get(id) ?? []) addWithParts(child, parts, out)
}
