import { checkSession, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'

/** Any number works as long as it is ours: the key of the lock that lets one command at a time change a database. */
const key = 7_316_094_512

/** Throws UserError where a session does not outlive a transaction: locks and settings would be somebody else's. */
export async function requireSession(connection: Connection): Promise<void> {
  if ((await checkSession(connection)) !== 'transaction pooler') return
  throw new UserError({
    where: 'connection',
    what: 'it goes through a transaction pooler, which keeps neither settings nor locks of a session',
    todo: 'give the URL of the server itself, or of a pool in session mode',
  })
}

/** Takes the lock for this session. False when another session has it. */
export async function lockDatabase(connection: Connection): Promise<boolean> {
  const rows = await connection.query<{ got: boolean }>('select pg_try_advisory_lock($1::bigint) as got', [key])
  return rows[0]!.got
}

export async function unlockDatabase(connection: Connection): Promise<void> {
  await connection.query('select pg_advisory_unlock($1::bigint)', [key]).catch(() => undefined)
}
