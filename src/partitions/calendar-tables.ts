import type { Model } from '../model/model.ts'
import type { DbObject, Id } from '../model/object.ts'
import { monthOf, ruleOf, type CalendarMonth, type CalendarRule } from '../kinds/partition-calendar.ts'
import { partitionsOf } from '../kinds/relation.ts'

/** One month of a table: what is declared of it and what the database has. */
export interface Month {
  readonly id: Id
  readonly month: CalendarMonth
  readonly declared: DbObject
  readonly current: DbObject | undefined
}

/** A table whose partitions follow the calendar. Months are in order. */
export interface CalendarTable {
  readonly id: Id
  readonly rule: CalendarRule
  readonly current: DbObject | undefined
  readonly months: readonly Month[]
}

/** The tables that `monthly(…)` declares, by id. */
export function calendarTables(desired: Model, current: Model): CalendarTable[] {
  const parts = partitionsOf(desired)
  const tables = [...desired.objects.values()].filter((o) => ruleOf(o) !== undefined)
  return tables
    .map((t) => ({ id: t.id, rule: ruleOf(t)!, current: current.objects.get(t.id), months: monthsOf(parts.get(t.id) ?? [], desired, current) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
}

function monthsOf(ids: readonly Id[], desired: Model, current: Model): Month[] {
  const out = ids.flatMap((id) => {
    const declared = desired.objects.get(id)!
    const month = monthOf(declared)
    return month === undefined ? [] : [{ id, month, declared, current: current.objects.get(id) }]
  })
  return out.sort((a, b) => (a.month.from < b.month.from ? -1 : 1))
}

export const isAttached = (m: Month): boolean => (m.current?.attrs['partitionOf'] ?? null) !== null

/** The name that an id is about: `app.hits` of `table:app.hits`. */
export const nameOf = (id: Id): string => id.slice(id.indexOf(':') + 1)
