import type { Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import type { ApplyFailed } from './execute.ts'
import { pathOf } from './rights.ts'

/** What a failed step means to the person at the terminal: where, what PostgreSQL said, who stood in the way. */
export async function failure(error: ApplyFailed, direction: string, connection: Connection): Promise<UserError> {
  const { step, error: e } = error
  const at = step.at ? `${step.at.file}:${step.at.line}:${step.at.column}` : `step ${error.n}`
  const detail = e.detail ? ` (${e.detail})` : ''
  const tries = error.attempts > 1 ? ` in ${error.attempts} attempts` : ''
  const again = `${direction === 'forward' ? '`schema apply`' : '`schema rollback`'} again, or see \`schema status\``
  const todo =
    e.code === '55P03'
      ? `wait until it is free${await holders(connection, step.relation)}, or raise --lock-timeout, and run ${again}`
      : e.code === '42501'
        ? `connect as a role that may${await roleNow(connection)}, and run ${again}`
        : `mend the cause and run ${again}`
  return new UserError({ where: at, what: `step ${error.n}, ${step.action} ${step.id}: ${e.message}${tries}${detail}; its transaction was undone`, todo }, { cause: e })
}

/** The role that was refused: ` (this was app)`. */
async function roleNow(connection: Connection): Promise<string> {
  const rows = await connection.query<{ role: string }>('select current_user as role').catch(() => [])
  return rows[0] === undefined ? '' : ` (this was ${rows[0].role})`
}

/** Who holds a relation: ` (pid 4711 of app, psql, idle in transaction)`. Empty when nobody does any more, or the relation is not known. */
async function holders(connection: Connection, relation: string | null): Promise<string> {
  const path = relation === null ? [] : pathOf(relation)
  const rows = await connection
    .query<{ who: string }>(
      `select distinct concat_ws(', ', 'pid ' || a.pid || ' of ' || a.usename, nullif(a.application_name, ''), a.state) as who
       from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace join pg_stat_activity a on a.pid = l.pid
       where l.granted and l.pid <> pg_backend_pid() and l.database = (select oid from pg_database where datname = current_database()) and n.nspname = $1 and c.relname = $2`,
      [path[0] ?? '', path[1] ?? ''],
    )
    .catch(() => [])
  return rows.length === 0 ? '' : ` (held by ${rows.map((r) => r.who).join('; ')})`
}
