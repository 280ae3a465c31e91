const [minute, day] = [60_000, 86_400_000]
const window = { back: 30 * day, ahead: 5 * minute }

const startOf = (year: number, month: number): number => Date.UTC(year, month)
const iso = (time: number): string => new Date(time).toISOString()

/**
 * Days at which months have their edges, all of them such that what lies in the window then has a partition. In: the months that there are,
 * `2026-01` and following. Out: moments that stand for now: of the latest New Year, 1 March, month of 31 days and short month, the first and
 * the last millisecond, a few minutes after the first and before the last, and noon of the last day.
 */
export function daysToTry(months: readonly string[]): string[] {
  const starts = months.map((m) => Date.parse(`${m}-01T00:00:00Z`))
  const [first, end] = [starts[0]!, next(starts.at(-1)!)]
  const all = starts.filter((s) => s - window.back - 1 >= first && next(s) + window.ahead < end)
  const wanted = [
    (m: Date) => m.getUTCMonth() === 0,
    (m: Date) => m.getUTCMonth() === 2,
    (m: Date) => lastDay(m) === 31 && lastDay(new Date(m.getTime() - 1)) === 31,
    (m: Date) => lastDay(m) === 31,
    (m: Date) => lastDay(m) === 30,
  ]
  const chosen = new Set(wanted.flatMap((w) => all.filter((s) => w(new Date(s))).slice(-1)))
  return [...chosen].flatMap((s) => [s, s + 1, s + 3 * minute, next(s) - day / 2, next(s) - 3 * minute, next(s) - 1].map(iso))
}

/** What to send when it is `today`: moments that are taken and moments that are refused; `edges` counts the turns of a month among the former. */
export function idsOn(today: string): { readonly within: string[]; readonly outside: string[]; readonly edges: number } {
  const now = Date.parse(today)
  const [from, until] = [now - window.back, now + window.ahead]
  // The month of the window's beginning and the two after it: it is not longer than 31 days.
  const starts = [0, 1, 2].map((n) => startOf(new Date(from).getUTCFullYear(), new Date(from).getUTCMonth() + n))
  const turns = starts.flatMap((s) => [s - 1, s, s + 1]).filter((t) => t > from && t < until)
  return {
    within: [from, ...turns, until].map(iso),
    outside: [from - 1, until + 1].map(iso),
    edges: starts.filter((s) => s - 1 > from && s < until).length,
  }
}

const next = (start: number): number => startOf(new Date(start).getUTCFullYear(), new Date(start).getUTCMonth() + 1)
const lastDay = (month: Date): number => (next(month.getTime()) - month.getTime()) / day
