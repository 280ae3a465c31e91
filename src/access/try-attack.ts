import { DatabaseError, type Connection } from '../db/index.ts'
import type { AccessDeclaration } from '../declare/index.ts'
import { cameTo } from './came-to.ts'
import { begin, type Actor } from './session.ts'

type Attack = AccessDeclaration['attacks'][number]

/**
 * Whether an attack comes to what is declared, after some statements of a superuser, in a transaction that is undone. It runs on
 * the superuser's connection, so it can come to something else than for an actor who has logged in: compare it with itself. Null
 * for one of several transactions, which needs them committed.
 */
export async function tryAttack(connection: Connection, attack: Attack, actor: Actor, before: readonly string[] = []): Promise<boolean | null> {
  const [only, ...more] = attack.transactions
  if (only === undefined || more.length > 0) return null
  const trial = await begin(connection, only.context ? actor : { ...actor, context: [] }, before)
  try {
    for (const [i, statement] of only.sql.entries()) {
      const last = i === only.sql.length - 1
      try {
        const rows = await connection.script(statement)
        if (last) return cameTo(only.expect, rows, connection.lastCount).ok
      } catch (error) {
        if (!(error instanceof DatabaseError) || error.code.startsWith('08')) throw error
        return last && 'error' in only.expect && only.expect.error === error.code
      }
    }
    return false
  } finally {
    await trial.end()
  }
}
