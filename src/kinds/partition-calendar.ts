import { modelOf, type Model } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'
import { partitionsOf } from './relation.ts'

/** Tables whose partitions follow the calendar, and the partitions that a declaration names for each today. */
export type Calendar = { readonly [table: Id]: readonly Id[] }

/** The calendar of a declaration: `monthly(…)` leaves its rule in the table's facts. */
export function calendarOf(declared: Model): Calendar {
  const parts = partitionsOf(declared)
  const tables = [...declared.objects.values()].filter((o) => o.facts?.['partitions'] !== undefined)
  return Object.fromEntries(tables.map((t) => [t.id, (parts.get(t.id) ?? []).sort()]))
}

/**
 * A model without the partitions that calendar tables have beyond the declared ones: older ones wait for `retire`, newer
 * ones were made ahead. A plan neither drops nor describes them.
 */
export function withinCalendar(model: Model, calendar: Calendar): Model {
  const beyond = new Set<Id>()
  const parts = partitionsOf(model)
  for (const [table, named] of Object.entries(calendar)) {
    for (const id of parts.get(table) ?? []) if (!named.includes(id)) addWithParts(id, parts, beyond)
  }
  if (beyond.size === 0) return model
  const belongs = (o: DbObject | undefined): boolean =>
    o !== undefined && (beyond.has(o.id) || (o.parent !== null && (beyond.has(o.parent) || belongs(model.objects.get(o.parent)))))
  return modelOf([...model.objects.values()].filter((o) => !belongs(o)), model.version, model.unmanaged) // prettier-ignore
}

function addWithParts(id: Id, parts: ReadonlyMap<Id, readonly Id[]>, out: Set<Id>): void {
  out.add(id)
  for (const child of parts.get(id) ?? []) addWithParts(child, parts, out)
}
