import { SqlText } from './sql.ts'

/**
 * Conditions that must all hold. The same as writing AND between them, but that each is known by itself: `schema test --mutants`
 * then asks of each whether a test would notice that it is gone.
 */
export function and(...conditions: readonly SqlText[]): SqlText {
  const parts = conditions.flatMap((c) => c.parts ?? [c])
  return new SqlText(parts.map((p) => `(${p.text})`).join(' and '), [...new Set(parts.flatMap((p) => p.refs))], parts)
}
