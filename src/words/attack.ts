import { accessRegistry, type Outcome } from './access-registry.ts'
import { actorName, type Actor } from './actor.ts'
import { fail } from './fail.ts'
import { callSite } from './site.ts'
import { SqlText } from './sql.ts'

/** Statements that run as one transaction, and what the last of them comes to. Those before it must succeed. */
export interface Attempt {
  readonly sql: SqlText | readonly SqlText[]
  /** The SQLSTATE of an error, how many rows come back or change, or the first value as text. */
  readonly expect: Outcome
  /** False when the transaction does not begin with the actor's context. */
  readonly context?: boolean
}

export interface AttackCommon {
  readonly as: Actor | string
  /** What it shows, in one sentence. */
  readonly why: string
  /** It succeeds, and that is known and told: the report names it apart. */
  readonly limit?: boolean
}

export type AttackSpec = AttackCommon & (Attempt | { readonly transactions: readonly Attempt[] })

/**
 * Declares an attack. The actor logs in for it, with a connection of its own. One transaction is rolled back at its end; several,
 * on the same connection, are committed one by one, in a copy of the database. Throws UserError for what is not an attack.
 */
export function attack(name: string, spec: AttackSpec): void {
  const subject = `attack ${JSON.stringify(name)}`
  if (typeof name !== 'string' || name.trim() === '') fail(subject, 'its name is empty', 'say what is tried')
  if (accessRegistry().attacks.some((a) => a.name === name)) fail(subject, 'there is another one of this name', 'give it a name of its own')
  const attempts = 'transactions' in spec ? spec.transactions : [spec]
  if (attempts.length === 0) fail(subject, 'it does nothing', 'give it sql`…`')
  const transactions = attempts.map((a) => {
    const sql = [a.sql].flat() as SqlText[]
    if (sql.length === 0 || sql.some((s) => !(s instanceof SqlText))) fail(subject, 'what it runs is not SQL', 'write it as sql`…`')
    return { context: a.context ?? true, sql: sql.map((s) => s.text), expect: checkedOutcome(a.expect, subject) }
  })
  accessRegistry().attacks.push({ name, actor: actorName(spec.as, subject), transactions, why: spec.why, limit: spec.limit ?? false, site: callSite() })
}

function checkedOutcome(given: Outcome, subject: string): Outcome {
  const o = given as { error?: unknown; rows?: unknown; value?: unknown } | undefined
  const good = typeof o === 'object' && o !== null && Object.keys(o).length === 1
  if (good && typeof o.error === 'string' && /^[0-9A-Z]{5}$/.test(o.error)) return given
  if (good && Number.isSafeInteger(o.rows) && (o.rows as number) >= 0) return given
  if (good && (o.value === null || typeof o.value === 'string')) return given
  return fail(subject, 'what is expected of it is not said', "expect { error: '42501' }, { rows: 0 } or { value: 'text' }")
}
