import type { Outcome } from '../words/access-registry.ts'

/** What a statement of an attack came to, and whether that was expected. */
export interface Came {
  readonly to: string
  readonly ok: boolean
}

/** In: the rows of a statement that succeeded, and how many it says it touched. */
export function cameTo(expect: Outcome, rows: readonly Record<string, unknown>[], count: number | null): Came {
  const [first] = rows
  const value = first === undefined ? undefined : (Object.values(first)[0] ?? null)
  if ('value' in expect) return { to: value === undefined ? 'no row' : `value ${JSON.stringify(value === null ? null : String(value))}`, ok: value !== undefined && (value === null ? null : String(value)) === expect.value } // prettier-ignore
  const n = count ?? rows.length
  return { to: outcomeText({ rows: n }), ok: 'rows' in expect && expect.rows === n }
}

export function outcomeText(outcome: Outcome): string {
  if ('error' in outcome) return `error ${outcome.error}`
  if ('rows' in outcome) return outcome.rows === 1 ? '1 row' : `${outcome.rows} rows`
  return `value ${JSON.stringify(outcome.value)}`
}
