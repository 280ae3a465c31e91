import { DatabaseError, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'

/**
 * The reasons why a partition must stay; none when there are none. In: the query that its table declares. Throws UserError when the query
 * fails: whoever cannot ask must not drop.
 */
export async function holdsOn(connection: Connection, partition: string, sql: string | null): Promise<string[]> {
  if (sql === null) return []
  try {
    const rows = await connection.query<Record<string, unknown>>(sql)
    return rows.map((r) => String(Object.values(r)[0] ?? 'no reason given'))
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    throw new UserError(
      {
        where: `holds of ${partition}`,
        what: error.message,
        todo: /row-level security/.test(error.message)
          ? 'ask as a role that sees every hold: one with BYPASSRLS, or through a SECURITY DEFINER function of such a role'
          : 'correct the query that `holds` declares; until it answers nothing is retired',
      },
      { cause: error },
    )
  }
}
