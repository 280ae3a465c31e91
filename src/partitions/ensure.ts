import { DatabaseError, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import { sessionSettings } from '../plan/script.ts'
import type { Creation } from './creation.ts'
import { passing, patiently, type Patience } from './patience.ts'

/** Makes partitions, each in a transaction of its own. Throws UserError that names the one that could not be made; those before it stay. */
export async function ensure(connection: Connection, list: readonly Creation[], patience: Patience, made: (c: Creation) => void): Promise<void> {
  for (const c of list) {
    try {
      await patiently(patience, () => inTransaction(connection, c.sql))
    } catch (error) {
      throw error instanceof DatabaseError ? refusal(c, error) : error
    }
    made(c)
  }
}

async function inTransaction(connection: Connection, sql: readonly string[]): Promise<void> {
  const local = sessionSettings.map((s) => s.replace(/^SET /, 'SET LOCAL '))
  try {
    await connection.script(['BEGIN', ...local, ...sql, 'COMMIT'].join(';\n'))
  } catch (error) {
    await connection.script('ROLLBACK').catch(() => undefined)
    throw error
  }
}

function refusal({ partition, table }: Creation, error: DatabaseError): UserError {
  const where = `partition ${partition} of ${table}`
  const detail = error.detail === undefined ? '' : ` (${error.detail})`
  const todo = passing(error)
    ? 'wait until the tables are free, or raise --lock-timeout, and run it again'
    : error.code === '23514'
      ? 'move those rows out of the default partition first'
      : error.code === '42501'
        ? 'connect as the owner of the table or a member of it'
        : 'see `schema drift`: what the partition needs may be declared and not applied yet'
  return new UserError({ where, what: `${error.message}${detail}; nothing of it was made`, todo }, { cause: error })
}
