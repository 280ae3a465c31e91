import type { CalendarMonth } from '../kinds/partition-calendar.ts'
import { cutoffOf } from '../kinds/retention.ts'
import { qualified } from '../sql/identifier.ts'
import { fail } from './fail.ts'
import type { Monthly, MonthlySpec, PartitionSpec } from './partition-types.ts'
import { registry } from './registry.ts'
import { sql, sqlText, type SqlText } from './sql.ts'

/** Partitions by month, for `range(…)` or `partitions`. They are listed from `from` to `ahead` months after today. */
export function monthly(spec: MonthlySpec): Monthly {
  return { monthly: spec }
}

/** Today, UTC; `PGINTENT_TODAY=2026-07-01` makes plans that depend on the day reproducible. */
export function today(): Date {
  const given = process.env['PGINTENT_TODAY']
  if (given === undefined || given === '') return new Date()
  const date = new Date(`${given}T00:00:00Z`)
  if (Number.isNaN(date.getTime())) fail('PGINTENT_TODAY', `"${given}" is no date`, 'write it as 2026-07-01')
  return date
}

const startOf = (year: number, month: number): Date => new Date(Date.UTC(year, month, 1))

/** A month's bound for the types whose text is plain from the date. */
function momentText(start: Date, type: string | undefined, subject: string): string {
  const day = start.toISOString().slice(0, 10)
  if (type === 'date') return day
  if (/^timestamp(\(\d\))? without time zone$/.test(type ?? '')) return `${day} 00:00:00`
  if (/^timestamp(\(\d\))? with time zone$/.test(type ?? '')) return `${day} 00:00:00+00`
  return fail(subject, `monthly() cannot tell what a month is in ${type ?? 'an expression'}`, 'give bound: (start) => …, for example uuidv7Floor')
}

/** How many months after the current one are listed: what is declared, unless a command asks for another number. */
function aheadOf(spec: MonthlySpec): number {
  return registry().ahead?.(spec.ahead ?? 3) ?? spec.ahead ?? 3
}

/** What is older than this is past its retention; null when rows are kept for ever. */
function cutoff(spec: MonthlySpec, subject: string): Date | null {
  if (spec.retain === undefined) return null
  return cutoffOf(spec.retain, today()) ?? fail(subject, `retain: '${spec.retain}' is no time`, "write it in days, weeks, months or years, as '24 months'")
}

/** What a table's rule says, for the commands that follow the calendar. */
export function calendarFacts({ monthly: spec }: Monthly): { from: string; ahead: number; retain: string | null; today: string; every: 'month' } {
  return { every: 'month', from: spec.from, ahead: aheadOf(spec), retain: spec.retain ?? null, today: today().toISOString().slice(0, 10) }
}

export interface MonthlyPartition {
  readonly spec: PartitionSpec<string>
  readonly month: CalendarMonth
}

/** The partitions of a table, by name. `path` is the table's, `type` that of the key. Throws UserError for a month or a time that is none. */
export function monthlyPartitions(path: readonly string[], type: string | undefined, { monthly: spec }: Monthly): { [name: string]: MonthlyPartition } {
  const table = path[1]!
  const subject = `the partitions of ${table}`
  const parsed = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(spec.from)
  if (parsed === null) fail(subject, `from: '${spec.from}' is no month`, "write it as '2026-01'")
  const [first, now] = [new Date(`${spec.from}-01T00:00:00Z`), today()]
  const count = (now.getUTCFullYear() - first.getUTCFullYear()) * 12 + now.getUTCMonth() - first.getUTCMonth() + aheadOf(spec) + 1
  const bound = spec.bound ?? ((start: Date) => momentText(start, type, subject))
  const oldest = cutoff(spec, subject)
  const out: { [name: string]: MonthlyPartition } = {}
  for (let n = 0; n < count; n++) {
    const start = startOf(first.getUTCFullYear(), first.getUTCMonth() + n)
    const end = startOf(first.getUTCFullYear(), first.getUTCMonth() + n + 1)
    const name = spec.name?.(start, table) ?? `${table}_${start.toISOString().slice(0, 7).replace('-', '_')}`
    const each = typeof spec.each === 'function' ? spec.each(start, name) : spec.each
    const month = { from: start.toISOString(), until: end.toISOString(), expired: oldest !== null && end <= oldest, holds: holdsOf(spec, path, start, end) }
    out[name] = { spec: { from: bound(start), to: bound(end), ...each }, month }
  }
  return out
}

function holdsOf(spec: MonthlySpec, path: readonly string[], start: Date, end: Date): string | null {
  const moment = (at: Date): SqlText => sqlText(`timestamptz '${at.toISOString().slice(0, 10)} 00:00:00+00'`)
  return spec.holds?.({ table: sql`${qualified(path)}`, from: moment(start), until: moment(end) }).text ?? null
}

/**
 * The least UUID of version 7 at a moment, for partition bounds: 48 bits of milliseconds and ten zero bytes. Throws UserError
 * for a moment that 48 bits do not hold.
 */
export function uuidv7Floor(at: Date): string {
  const ms = at.getTime()
  if (!(ms >= 0 && ms < 2 ** 48)) {
    const moment = Number.isNaN(ms) ? 'an invalid date' : at.toISOString()
    fail('uuidv7Floor', `a version 7 UUID cannot hold ${moment}`, 'give a moment from 1970 to 10889')
  }
  const hex = ms.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
