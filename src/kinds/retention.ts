const shape = /^(\d{1,5}) (day|week|month|year)s?$/

/** The moment before which rows are past their retention: `today` less `24 months`. Null for a text that is no time. */
export function cutoffOf(retain: string, today: Date): Date | null {
  const [, count, unit] = shape.exec(retain) ?? []
  if (count === undefined) return null
  const n = Number(count)
  if (unit === 'day' || unit === 'week') return new Date(today.getTime() - n * (unit === 'week' ? 7 : 1) * 86_400_000)
  return monthsBefore(today, unit === 'year' ? n * 12 : n)
}

/** The same day some months earlier; where that month is shorter, its last day, so that nothing goes too early. */
export function monthsBefore(day: Date, months: number): Date {
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() - months]
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month, Math.min(day.getUTCDate(), last)))
}
