import { connect } from './connect.ts'
import type { Connection } from './connection.ts'
import { DatabaseError } from './errors.ts'

/** What stands between us and the server: nothing, a pooler that leaves us one session, or one that does not. */
export type SessionKind = 'direct' | 'session pooler' | 'transaction pooler'

/** A pool without a free session lets the second connection wait; longer than this it is not worth waiting. */
const patienceMs = 3000

/**
 * Tells whether this connection is one session of the server. Where it is not, advisory locks, SET and transactions
 * over several calls do not hold together, and a plan must not be applied.
 *
 * One round trip when direct: a pooler announces a process id of its own, which the backend does not have. Only then
 * a second connection keeps a transaction open while this one asks again: a pooler that shares sessions between
 * clients has by then given ours away. No pooler's own commands are used, so its make does not matter. When in doubt
 * the answer is `transaction pooler`.
 */
export async function checkSession(connection: Connection): Promise<SessionKind> {
  const before = await backend(connection)
  if (before === connection.pid) return 'direct'
  const other = await connect(connection.url)
  const inDoubt = setTimeout(() => other.abort(), patienceMs)
  try {
    await other.query('begin')
    const shared = (await backend(other)) === before || (await backend(connection)) !== before
    return shared ? 'transaction pooler' : 'session pooler'
  } catch (error) {
    // A pooler that refuses transactions altogether, or a pool that is exhausted.
    if (error instanceof DatabaseError) return 'transaction pooler'
    throw error
  } finally {
    clearTimeout(inDoubt)
    await other.close()
  }
}

async function backend(connection: Connection): Promise<number | undefined> {
  const [row] = await connection.query<{ pid: number }>('select pg_catalog.pg_backend_pid() as pid')
  return row?.pid
}
