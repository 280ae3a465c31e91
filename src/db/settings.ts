import { existsSync, readFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import type { ConnectionOptions } from 'node:tls'
import { UserError } from '../model/error.ts'
import { passwordFromFile } from './pgpass.ts'
import { parseUrl } from './url.ts'

/** One server to try, every default applied. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly password: string
  readonly options?: string
  readonly applicationName?: string
  readonly timeoutMs?: number
  /** The TLS choices to try, in order; `false` is a connection without TLS. */
  readonly tls: readonly (ConnectionOptions | false)[]
}

type Env = Readonly<Record<string, string | undefined>>

/**
 * The servers a URL names, with libpq's defaults: `PGHOST`, `PGPORT`, `PGUSER`, `PGPASSWORD`, `PGDATABASE`,
 * `PGSSLMODE`, `PGOPTIONS`, `PGCONNECT_TIMEOUT`, the password file, the system user, and the user's name as database.
 * Service files and Kerberos are absent: nobody has asked for them, and the driver knows neither.
 *
 * Throws a UserError on a URL or a certificate file that cannot be read.
 */
export function settingsOf(url: string, env: Env = process.env): Settings[] {
  const { params, ...parts } = parseUrl(url)
  const user = parts.user ?? env['PGUSER'] ?? systemUser()
  const database = parts.database ?? env['PGDATABASE'] ?? user
  const options = params.get('options') ?? env['PGOPTIONS']
  const applicationName = params.get('application_name') ?? env['PGAPPNAME']
  const seconds = Number(params.get('connect_timeout') ?? env['PGCONNECT_TIMEOUT'] ?? 0)
  return parts.hosts.map((at) => {
    const port = at.port ?? (Number(env['PGPORT']) || 5432)
    const host = at.host ?? env['PGHOST'] ?? socketFolder(port) ?? 'localhost'
    const password = parts.password ?? env['PGPASSWORD'] ?? passwordFromFile({ host, port, database, user }, env)
    return {
      host,
      port,
      user,
      database,
      password: password ?? '',
      ...(options === undefined ? {} : { options }),
      ...(applicationName === undefined ? {} : { applicationName }),
      ...(seconds > 0 ? { timeoutMs: seconds * 1000 } : {}),
      tls: host.startsWith('/') ? [false] : tlsChoices(params, env),
    }
  })
}

function systemUser(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run under a user id that has no name.
    return 'postgres'
  }
}

/** libpq's default host is a unix socket; its folder depends on who built libpq, so the usual two are tried. */
function socketFolder(port: number): string | undefined {
  return ['/var/run/postgresql', '/tmp'].find((folder) => existsSync(`${folder}/.s.PGSQL.${port}`))
}

function tlsChoices(params: ReadonlyMap<string, string>, env: Env): (ConnectionOptions | false)[] {
  const mode = params.get('sslmode') ?? env['PGSSLMODE'] ?? (params.get('ssl') === 'true' ? 'require' : 'prefer')
  const root = params.get('sslrootcert') ?? env['PGSSLROOTCERT']
  const cert = params.get('sslcert') ?? env['PGSSLCERT']
  const key = params.get('sslkey') ?? env['PGSSLKEY']
  // As in libpq, a root certificate turns `require` into `verify-ca`.
  const verify = mode === 'verify-full' || mode === 'verify-ca' || (mode === 'require' && root !== undefined)
  const tls: ConnectionOptions = {
    rejectUnauthorized: verify,
    ...(root !== undefined && root !== 'system' ? { ca: file('sslrootcert', root) } : {}),
    ...(cert === undefined ? {} : { cert: file('sslcert', cert) }),
    ...(key === undefined ? {} : { key: file('sslkey', key) }),
    // verify-ca trusts every name that the authority has signed.
    ...(mode === 'verify-full' || root === 'system' ? {} : { checkServerIdentity: () => undefined }),
  }
  switch (mode) {
    case 'disable':
      return [false]
    case 'allow':
      return [false, tls]
    case 'prefer':
      return [tls, false]
    case 'require':
    case 'verify-ca':
    case 'verify-full':
    case 'no-verify':
      return [tls]
    default:
      throw new UserError({
        where: 'connection URL',
        what: `sslmode "${mode}" does not exist`,
        todo: 'use disable, allow, prefer, require, verify-ca or verify-full',
      })
  }
}

function file(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new UserError({ where: 'connection URL', what: `${option} ${path} cannot be read`, todo: 'give the path of a PEM file' }, { cause })
  }
}
