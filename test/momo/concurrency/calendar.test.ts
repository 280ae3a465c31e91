import { expect, test } from 'vitest'
import { daysToTry, idsOn } from './calendar.ts'

/** `count` months from a first one on. */
const months = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5)) - 1 + n)).toISOString().slice(0, 7))

test.each([
  ['2026-01', 6],
  ['2026-01', 14],
  ['2026-11', 27],
])('whatever months there are from %s on, days are found whose windows have partitions', (first, count) => {
  const list = months(first, count)
  const days = daysToTry(list)
  expect(days.length).toBeGreaterThanOrEqual(12)
  for (const day of days) for (const time of [...idsOn(day).within, ...idsOn(day).outside]) expect(list).toContain(time.slice(0, 7))
})

test('a window has the turns of the months that lie in it: none late on a 31st, two around February', () => {
  expect(idsOn('2026-12-31T12:00:00.000Z').edges).toBe(0)
  expect(idsOn('2027-01-01T00:00:00.000Z').edges).toBe(1)
  expect(idsOn('2027-03-01T00:00:00.000Z')).toMatchObject({ edges: 2 })
  expect(idsOn('2027-02-28T23:57:00.000Z')).toMatchObject({ edges: 2 })
  expect(idsOn('2027-01-01T00:00:00.000Z').within).toContain('2026-12-31T23:59:59.999Z')
})
