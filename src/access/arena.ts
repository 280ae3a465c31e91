import { randomBytes } from 'node:crypto'
import { connect, withDatabase, withLogin, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import type { Model } from '../model/model.ts'
import { ident } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import { build } from '../shadow/build.ts'
import type { Shadow } from '../shadow/index.ts'

/** The declared schema in a database that we may wreck, on a server where roles may be made and logged in as. */
export interface Arena {
  /** A superuser's session. */
  readonly admin: Connection
  /** Lets a role log in. Out: its URL to a database of this server. */
  login(role: string, database?: string): Promise<string>
  /** A copy of the database as it is: its name. `admin` is closed by that. */
  copy(): Promise<string>
  /** Drops a copy. */
  drop(database: string): Promise<void>
  close(): Promise<void>
}

const database = 'access'

/**
 * Builds the declaration and commits it. Roles are cluster-wide and actors log in as them, so this takes a server of our own,
 * which goes with the command and takes them with it. Throws UserError for a shadow on somebody's server, and at the
 * declaration's line when PostgreSQL refuses something.
 */
export async function openArena(shadow: Shadow, model: Model): Promise<Arena> {
  if (!shadow.exclusiveCluster)
    throw new UserError({
      where: 'shadow',
      what: 'access is tested by logging in as the declared roles, and on a server of others they would be seen by everybody',
      todo: 'say --shadow embedded, local or docker:IMAGE',
    })
  const keeper = await connect(shadow.url, { applicationName: 'pgintent test' })
  const password = randomBytes(12).toString('hex')
  const allowed = new Set<string>()
  let copies = 0
  let admin: Connection | null = null
  try {
    // What PostgreSQL says is told apart by its words, so it must say them in English.
    await keeper.script(`CREATE DATABASE ${database} TEMPLATE template0`)
    await keeper.script(`ALTER DATABASE ${database} SET lc_messages = 'C'`)
    admin = await connect(withDatabase(shadow.url, database), { applicationName: 'pgintent test' })
    await admin.script('BEGIN')
    await build(admin, model)
    await admin.script('COMMIT; RESET ALL')
  } catch (error) {
    await admin?.close()
    await keeper.close()
    throw error
  }
  const own = admin
  return {
    admin: own,
    async login(role, into = database) {
      // In this cluster only: whoever may become a role without a login must be tried as well.
      if (!allowed.has(role)) await keeper.script(`ALTER ROLE ${ident(role)} LOGIN CONNECTION LIMIT -1 VALID UNTIL 'infinity' PASSWORD ${literal(password)}`)
      allowed.add(role)
      return withLogin(withDatabase(shadow.url, into), role, password)
    },
    async copy() {
      await own.close()
      const name = `${database}_${++copies}`
      await keeper.script(`CREATE DATABASE ${name} TEMPLATE ${database}`)
      await keeper.script(`ALTER DATABASE ${name} SET lc_messages = 'C'`)
      return name
    },
    drop: async (name) => void (await keeper.script(`DROP DATABASE ${name} WITH (FORCE)`)),
    async close() {
      await own.close()
      await keeper.close()
    },
  }
}
