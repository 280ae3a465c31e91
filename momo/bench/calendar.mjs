// The year that the rows lie in. It is fixed, so that a run next year reads the same rows through the same partitions.
const hour = 3600_000

/** The moment at which the queries ask, and the day before its midnight that the merchants there live in. */
export const asOf = '2026-12-31T20:55:00Z'

/** The day for which partitions are declared: the last of the year, or today when the year has passed. */
export const planningDay = () => {
  const today = new Date().toISOString().slice(0, 10)
  return today > '2026-12-31' ? today : '2026-12-31'
}

/**
 * The twelve months, with the rows `from` (included) `to` (excluded) that fall in each and the time they spread over, in
 * microseconds. The last hours of a month stay empty, so that what follows a transaction falls into its month.
 */
export function months(rows) {
  return Array.from({ length: 12 }, (_, m) => {
    const [start, end] = [Date.UTC(2026, m, 1), Date.UTC(2026, m + 1, 1) - 4 * hour]
    return {
      number: m,
      suffix: `2026_${String(m + 1).padStart(2, '0')}`,
      from: Math.floor((rows * m) / 12),
      to: Math.floor((rows * (m + 1)) / 12),
      startUs: start * 1000,
      spanUs: (end - start) * 1000,
    }
  })
}
