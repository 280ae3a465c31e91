import { UserError } from '../model/error.ts'

/** The parts of a connection URL as libpq reads it. Nothing here has a default yet: see `settings.ts`. */
export interface UrlParts {
  readonly user?: string
  readonly password?: string
  /** Several hosts are tried in order. A host that starts with `/` is the folder of a unix socket. */
  readonly hosts: readonly { readonly host?: string; readonly port?: number }[]
  readonly database?: string
  readonly params: ReadonlyMap<string, string>
}

const shape = /^postgres(?:ql)?:\/\/(?:([^/?]*)@)?([^/?@]*)(?:\/([^?]*))?(?:\?(.*))?$/is

/**
 * Reads `postgres://` and `postgresql://` URLs with libpq's rules: several hosts, IPv6 in brackets, percent-encoding,
 * `?host=/folder` for unix sockets. WHATWG `URL` is not used because it refuses all three of `user@/db`, several
 * hosts and an encoded socket folder.
 *
 * Throws a UserError that never quotes the text, because a malformed URL may hold a password in any place.
 */
export function parseUrl(url: string): UrlParts {
  const match = shape.exec(url.trim())
  if (!match) {
    throw bad('it is not a PostgreSQL URL')
  }
  const [, auth, netloc = '', path, query] = match
  const params = new Map<string, string>()
  for (const pair of (query ?? '').split('&')) {
    if (pair === '') continue
    const at = pair.indexOf('=')
    if (at < 1) throw bad('a parameter after "?" has no value')
    params.set(decode(pair.slice(0, at)), decode(pair.slice(at + 1)))
  }
  const colon = auth?.indexOf(':') ?? -1
  const user = params.get('user') ?? (auth ? decode(colon < 0 ? auth : auth.slice(0, colon)) : undefined)
  const password = params.get('password') ?? (auth && colon >= 0 ? decode(auth.slice(colon + 1)) : undefined)
  const database = params.get('dbname') ?? (path ? decode(path) : undefined)
  return {
    ...(user ? { user } : {}),
    ...(password ? { password } : {}),
    ...(database ? { database } : {}),
    hosts: hostList(netloc, params),
    params,
  }
}

function hostList(netloc: string, params: ReadonlyMap<string, string>): UrlParts['hosts'] {
  const pairs = netloc.split(',').map((one) => {
    const match = /^(\[[^\]]*\]|[^:[\]]*)(?::([^:[\]]*))?$/.exec(one)
    if (!match) throw bad('its host cannot be read')
    return { host: decode(match[1] ?? '').replace(/^\[(.*)\]$/, '$1'), port: match[2] ?? '' }
  })
  const hosts = params.has('host') ? params.get('host')!.split(',') : pairs.map((p) => p.host)
  const ports = params.has('port') ? params.get('port')!.split(',') : pairs.map((p) => p.port)
  return hosts.map((host, i) => {
    const text = (ports.length === 1 ? ports[0] : ports[i]) ?? ''
    const port = Number(text)
    if (text !== '' && !(Number.isInteger(port) && port > 0 && port < 65536)) throw bad('its port is not a number')
    return { ...(host ? { host } : {}), ...(text ? { port } : {}) }
  })
}

/**
 * The URL without its password, for messages and files. What cannot be read as a URL comes back as a fixed text,
 * since a secret may stand anywhere in it.
 */
export function redactUrl(url: string): string {
  let parts: UrlParts
  try {
    parts = parseUrl(url)
  } catch {
    return 'the connection URL'
  }
  const user = parts.user ? `${encodeURIComponent(parts.user)}@` : ''
  const hosts = parts.hosts.map(({ host = '', port }) => hostText(host) + (port ? `:${port}` : '')).join(',')
  const database = parts.database === undefined ? '' : `/${encodeURIComponent(parts.database)}`
  return `postgresql://${user}${hosts}${database}`
}

function hostText(host: string): string {
  if (host.startsWith('/')) return encodeURIComponent(host)
  return host.includes(':') ? `[${host}]` : host
}

/** The same URL with another database; everything else, the password too, stays. Throws a UserError on a bad URL. */
export function withDatabase(url: string, database: string): string {
  parseUrl(url)
  const [, auth, netloc = '', , query] = shape.exec(url.trim())!
  const rest = (query ?? '').split('&').filter((pair) => pair !== '' && !pair.startsWith('dbname='))
  const head = `postgresql://${auth === undefined ? '' : `${auth}@`}${netloc}/${encodeURIComponent(database)}`
  return rest.length ? `${head}?${rest.join('&')}` : head
}

/** The same URL for another user, who logs in with this password. Throws a UserError on a bad URL. */
export function withLogin(url: string, user: string, password: string): string {
  parseUrl(url)
  const [, , netloc = '', path, query] = shape.exec(url.trim())!
  const rest = (query ?? '').split('&').filter((pair) => pair !== '' && !/^(user|password)=/.test(pair))
  const head = `postgresql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${netloc}${path === undefined ? '' : `/${path}`}`
  return rest.length ? `${head}?${rest.join('&')}` : head
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw bad('it holds a "%" that starts no percent-encoding')
  }
}

function bad(what: string): UserError {
  return new UserError({
    where: 'connection URL',
    what,
    todo: 'write it as postgresql://user:password@host:5432/database and percent-encode special characters',
  })
}
