import { DatabaseError, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import { ident } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import type { AccessDeclaration } from '../declare/index.ts'
import { positionText } from '../shadow/build.ts'

export type Actor = AccessDeclaration['actors'][number]

/** A transaction in which statements are tried as an actor, each undone before the next. */
export interface Trial {
  /** Runs statements as the actor. Out: the rows of the last one, or what PostgreSQL said against it. */
  attempt<T = Record<string, unknown>>(sql: string): Promise<T[] | DatabaseError>
  /** The same, and then a query by a superuser who sees what the statements did. */
  seen<T = Record<string, unknown>>(sql: string, look: string): Promise<T[] | DatabaseError>
  end(): Promise<void>
}

// Whoever is in the session changes these as they like, so they keep nobody from anything; and how values are printed must be the
// same for all, as rows are told by it.
const leftOut = /^default_transaction_|_timeout$|^(role|session_authorization|timezone|datestyle|intervalstyle|bytea_output|extra_float_digits)$/i

/** Throws UserError for an actor whose roles are not there. */
export async function checkRoles(connection: Connection, actors: readonly Actor[]): Promise<void> {
  const known = new Set((await connection.query<{ name: string }>('SELECT rolname::text AS name FROM pg_roles')).map((r) => r.name))
  for (const actor of actors)
    for (const name of [actor.login, actor.role]) if (!known.has(name)) throw wrong(actor, `there is no role ${name}`, 'declare the role, or correct the actor')
}

/**
 * Begins a transaction as an actor on a superuser's connection: session and current user are the actor's, its role's settings
 * hold, and its context has been run; before all that come statements of the superuser. Throws UserError when PostgreSQL refuses that.
 */
export async function begin(connection: Connection, actor: Actor, before: readonly string[] = []): Promise<Trial> {
  const [role] = await connection.query<{ settings: string[] | null }>('SELECT rolconfig AS settings FROM pg_roles WHERE rolname = $1', [actor.login])
  const settings = (role?.settings ?? []).map((s) => [s.slice(0, s.indexOf('=')), s.slice(s.indexOf('=') + 1)] as const)
  const set = settings.filter(([n]) => !leftOut.test(n)).map(([n, v]) => `PERFORM pg_catalog.set_config(${literal(n)}, ${literal(v)}, true);`).join(' ') // prettier-ignore
  await connection.script(`BEGIN; ${before.map((s) => `${s}; `).join('')}DO ${literal(`BEGIN ${set} END`)}; SET LOCAL SESSION AUTHORIZATION ${ident(actor.login)}`)
  try {
    if (actor.role !== actor.login) await connection.script(`SET LOCAL ROLE ${ident(actor.role)}`)
    for (const sql of actor.context) await connection.script(sql)
    await connection.script('SAVEPOINT pgintent_attempt')
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    await connection.script('ROLLBACK')
    throw wrong(actor, `PostgreSQL refuses its context: ${error.message}`, 'correct the context, or the rows it needs')
  }
  const attempt = async <T>(sql: string): Promise<T[] | DatabaseError> => {
    try {
      return await connection.script<T>(`ROLLBACK TO SAVEPOINT pgintent_attempt; ${sql}`)
    } catch (error) {
      if (error instanceof DatabaseError && !error.code.startsWith('08')) return error
      throw error
    }
  }
  return {
    attempt,
    seen: (sql, look) => attempt(`${sql}; SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL ROLE NONE; RESET SESSION AUTHORIZATION; ${look}`),
    end: async () => void (await connection.script('ROLLBACK')),
  }
}

function wrong(actor: Actor, what: string, todo: string): UserError {
  const where = actor.at === undefined ? `actor ${JSON.stringify(actor.name)}` : positionText(actor.at)
  return new UserError({ where, what: `actor ${JSON.stringify(actor.name)}: ${what}`, todo })
}
