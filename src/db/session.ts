import { connect } from './connect.ts'
import type { Connection } from './connection.ts'

/** What stands between us and the server: nothing, a pooler that leaves us one session, or one that does not. */
export type SessionKind = 'direct' | 'session pooler' | 'transaction pooler'

/**
 * Tells whether this connection is one session of the server. Where it is not, advisory locks, SET and transactions
 * over several calls do not hold together, and a plan must not be applied.
 *
 * One round trip when direct: a pooler announces a process id of its own, which the backend does not have. Only then
 * a second connection keeps a transaction open while this one asks again: a pooler that shares sessions between
 * clients has by then given ours away. No pooler's own commands are used, so its make does not matter.
 */
export async function checkSession(connection: Connection): Promise<SessionKind> {
  const ask = async (on: Connection) => {
    const [row] = await on.query<{ pid: number }>('select pg_catalog.pg_backend_pid() as pid')
    return row?.pid
  }
  const before = await ask(connection)
  if (before === connection.pid) return 'direct'
  const other = await connect(connection.url)
  try {
    await other.query('begin')
    const theirs = await ask(other)
    return theirs === before || (await ask(connection)) !== before ? 'transaction pooler' : 'session pooler'
  } finally {
    await other.close()
  }
}
