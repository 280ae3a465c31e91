import { isAttached, type CalendarTable } from './calendar-tables.ts'

/** How far ahead a table takes rows. */
export interface Reach {
  readonly table: string
  /** The first day without a partition, from today on. */
  readonly until: string
  /** Whole days from today until then. */
  readonly days: number
}

/** Months count as far as they follow each other from the current one on; `made` are partitions that have just been made. */
export function reachOf(table: CalendarTable, name: string, made: ReadonlySet<string>): Reach {
  let until = table.rule.today
  for (const m of table.months) {
    const [from, end] = [m.month.from.slice(0, 10), m.month.until.slice(0, 10)]
    if (from <= until && end > until && (isAttached(m) || made.has(m.id))) until = end
  }
  return { table: name, until, days: Math.round((Date.parse(until) - Date.parse(table.rule.today)) / 86_400_000) }
}
