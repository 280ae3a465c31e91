import { UserError } from '../model/error.ts'
import { Session, type Connection } from './connection.ts'
import { physical, type Physical } from './driver.ts'
import { connectError } from './errors.ts'
import { settingsOf, type Settings } from './settings.ts'
import { redactUrl } from './url.ts'

export interface ConnectOptions {
  /** Shown in `pg_stat_activity`; the URL's own `application_name` wins. Default `pgintent`. */
  readonly applicationName?: string
  /** How long to wait for each server that the URL names. Default 10 seconds. */
  readonly timeoutMs?: number
  /** The oldest major that will do, 15 for example. By default every version will. */
  readonly minimumVersion?: number
}

/**
 * Opens one physical connection. Session state (transactions, advisory locks, SET) stays on it until `close`.
 *
 * Throws a UserError, never with the password in it, when the URL is malformed, no server answers, the login fails,
 * the database does not exist, or the server is older than `minimumVersion`.
 */
export async function connect(url: string, options: ConnectOptions = {}): Promise<Connection> {
  const candidates = settingsOf(url)
  let failure: UserError | undefined
  for (const candidate of candidates) {
    const settings = { applicationName: options.applicationName ?? 'pgintent', ...candidate }
    const opened = await open(settings, settings.timeoutMs ?? options.timeoutMs ?? 10_000, redactUrl(url))
    if (opened instanceof UserError) {
      failure = opened
      continue
    }
    const session = new Session(url, opened.physical, opened.version)
    const minimum = options.minimumVersion
    if (minimum !== undefined && session.versionNum < minimum * 10_000) {
      await session.close()
      throw new UserError({
        where: redactUrl(url),
        what: `the server is PostgreSQL ${opened.version}`,
        todo: `use PostgreSQL ${minimum} or later`,
      })
    }
    return session
  }
  throw failure!
}

async function open(settings: Settings, timeoutMs: number, where: string): Promise<{ physical: Physical; version: string } | UserError> {
  let failure: unknown
  for (const tls of settings.tls) {
    const one = physical(settings, tls, timeoutMs)
    let version = ''
    one.client.connection.on('parameterStatus', ({ parameterName, parameterValue }) => {
      if (parameterName === 'server_version') version = parameterValue
    })
    try {
      await one.driver.connect()
      return { physical: one, version }
    } catch (error) {
      failure = error
      // Only a server without TLS, or one that refuses it for this user, makes the next choice worth trying.
      if (!/SSL|no encryption|pg_hba/i.test(String(error))) break
    }
  }
  return connectError(failure, settings, where)
}
