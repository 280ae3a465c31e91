import { createRequire } from 'node:module'
import type DriverModule from '@databases/pg/lib/Driver.js'
import type ClientModule from '@databases/pg/lib/types/PgClient.js'
import type { SQL } from '@databases/sql'
import type { Settings } from './settings.ts'
import type { CopyOut } from './copy-out.ts'
import { typeParsers, type TypeParsers } from './types.ts'

type PgClient = ClientModule.default
type PgDriver = DriverModule.default

/** What we use of the client below `@databases/pg`, beyond the part that the library declares. */
export interface Client extends PgClient {
  readonly processID: number | null
  readonly connection: PgClient['connection'] & {
    on(event: 'parameterStatus', handler: (status: { parameterName: string; parameterValue: string }) => void): void
  }
}

interface Loaded {
  Client: new (config: Record<string, unknown>) => Client
  Driver: typeof DriverModule.default
  sql: SQL
  types: TypeParsers
}

let loaded: Loaded | undefined

/**
 * Loads `@databases/pg` on first use, since a command that opens no connection should not pay for it.
 *
 * We take the library's driver over a client that we open ourselves, not its pool. The pool's first connection sleeps
 * for 100 ms, it tries a wrong password again for two seconds, and it gives no way to notices, to the backend's id or
 * to the TLS fallback; and importing it reads configuration files from the working directory. The client comes from
 * the library's own dependencies, so that the two always fit each other.
 */
function load(): Loaded {
  if (loaded) return loaded
  const here = createRequire(import.meta.url)
  const library = createRequire(here.resolve('@databases/pg/lib/Driver.js'))
  const pg = library('pg') as { Client: Loaded['Client']; types: TypeParsers }
  const driver = library('@databases/pg/lib/Driver.js') as { default: Loaded['Driver'] }
  const sql = library('@databases/sql') as { default: SQL }
  loaded = { Client: pg.Client, Driver: driver.default, sql: sql.default, types: typeParsers(pg.types) }
  return loaded
}

/**
 * A physical connection, not yet opened. `lastError` is PostgreSQL's own error of the latest failed statement, `lastCount` how
 * many rows the latest that succeeded returned or changed.
 */
export interface Physical {
  readonly client: Client
  readonly driver: PgDriver
  readonly lastError: () => unknown
  /** Puts a query object of our own into the client's queue. */
  readonly submit: (query: CopyOut) => void
  readonly lastCount: () => number | null
}

/** Makes a client for one server and one choice of TLS. Opens nothing. */
export function physical(settings: Settings, tls: Settings['tls'][number], timeoutMs: number): Physical {
  const { Client, Driver, types } = load()
  const client = new Client({
    host: settings.host,
    port: settings.port,
    user: settings.user,
    database: settings.database,
    password: settings.password,
    options: settings.options,
    application_name: settings.applicationName,
    ssl: tls,
    connectionTimeoutMillis: timeoutMs,
    keepAlive: true,
    types,
  })
  // The library prints a source excerpt into the message of an error; the plain error is kept for `DatabaseError`.
  let last: unknown
  let count: number | null = null
  const query = client.query.bind(client)
  client.query = async (text, values) => {
    try {
      const result = await query(text, values)
      count = ([result].flat().at(-1) as { rowCount?: number | null } | undefined)?.rowCount ?? null
      return result
    } catch (error) {
      last = error
      throw error
    }
  }
  const submit = (own: CopyOut): void => void query(own as never, undefined as never)
  return { client, driver: new Driver(client, {}, Infinity), lastError: () => last, lastCount: () => count, submit }
}

/**
 * A query object of the library that sends exactly this text. The library's own formatting removes common
 * indentation, which would change function bodies, and fails on texts of more than about 100,000 lines.
 */
export function exactly(text: string, values: readonly unknown[]): ReturnType<SQL['value']> {
  const query = load().sql.value(null)
  const formatted = { text, values: [...values] }
  return Object.assign(query, { format: () => formatted })
}
