import { cutoffOf, monthsBefore } from '../kinds/retention.ts'
import { UserError } from '../model/error.ts'
import type { Id } from '../model/object.ts'
import { nameOf, type CalendarTable } from './calendar-tables.ts'

/** A foreign key between two tables, by their ids. */
export interface Edge {
  readonly from: Id
  readonly to: Id
}

export interface Cutoff {
  /** Months that end by then are retired; null when rows are kept for ever. */
  readonly at: Date | null
  /** How many tables stand in a row that refer to it: those with the least go first. */
  readonly level: number
}

/**
 * What each table retires. A table that others refer to goes after them and a month later, because their rows may lie in a later
 * month than what they refer to. In: `before`, the first day to keep, for less than the declared retention, or for tables that declare none.
 * Throws UserError (refused) when it reaches into what a table declares to keep.
 */
export function cutoffs(tables: readonly CalendarTable[], edges: readonly Edge[], before: Date | null): ReadonlyMap<Id, Cutoff> {
  const known = new Map<Id, Cutoff>()
  const visit = (t: CalendarTable, path: readonly Id[]): Cutoff => {
    const done = known.get(t.id)
    if (done !== undefined) return done
    let { at, level }: { at: Date | null; level: number } = { at: ownCutoff(t, before), level: 0 }
    for (const child of tables.filter((c) => c.id !== t.id && !path.includes(c.id) && edges.some((e) => e.from === c.id && e.to === t.id))) {
      const above = visit(child, [...path, t.id])
      const after = above.at === null ? null : monthsBefore(above.at, 1)
      if (at !== null && after !== null && after < at) at = after
      level = Math.max(level, above.level + 1)
    }
    const found = { at, level }
    known.set(t.id, found)
    return found
  }
  for (const t of tables) visit(t, [])
  return known
}

function ownCutoff({ id, rule }: CalendarTable, before: Date | null): Date | null {
  const declared = rule.retain === null ? null : cutoffOf(rule.retain, new Date(`${rule.today}T00:00:00Z`))
  if (declared === null || before === null) return declared ?? before
  if (before <= declared) return before
  throw new UserError({
    where: `--before ${before.toISOString().slice(0, 7)}`,
    what: `${nameOf(id)} is declared to keep ${rule.retain}, which is until ${declared.toISOString().slice(0, 10)}`,
    todo: 'name an earlier month, or declare a shorter `retain`',
    code: 'refused',
  })
}
