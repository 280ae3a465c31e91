import { randomBytes } from 'node:crypto'
import { connect, parseUrl, redactUrl, withDatabase } from '../../src/db/index.ts'
import { closedPort, olderServer, passwordServer, pooler, secret } from './servers.ts'

/** The role that a case may make and connect as: one of its own, because roles belong to the whole server. */
const passwordOfRole = 'role-secret'

/** Fills placeholders in, and puts them back into what came out. */
export class Places {
  readonly role = `err_${randomBytes(5).toString('hex')}`
  readonly #values = new Map<string, string>()
  readonly #folder: string

  /** In: a superuser's URL to the case's database, and the working folder. */
  constructor(url: string, folder: string) {
    this.#folder = folder
    const database = parseUrl(url).database!
    this.#values
      .set('url', url)
      .set('database', database)
      .set('role', this.role)
      .set('rolePassword', passwordOfRole)
      .set('asRole', as(url, this.role))
      .set('gone', withDatabase(url, 'no_such_database'))
  }

  /** Opens the servers that a text speaks of, and fills in where they are. */
  async fill(text: string): Promise<string> {
    for (const [, name] of text.matchAll(/\{(\w+)\}/g)) {
      if (!this.#values.has(name!)) this.#values.set(name!, await this.#open(name!))
    }
    return text.replace(/\{(\w+)\}/g, (_, name: string) => this.#values.get(name)!)
  }

  async #open(name: string): Promise<string> {
    if (name === 'closed') return `postgresql://app:${secret}@127.0.0.1:${await closedPort()}/app?sslmode=disable`
    if (name === 'older') return `postgresql://app:${secret}@127.0.0.1:${await olderServer()}/app?sslmode=disable`
    if (name === 'other') return another(this.#values.get('url')!, `${this.#values.get('database')!}_other`)
    if (name === 'pooler') return pooler(this.#values.get('url')!)
    if (name === 'locked') return passwordServer()
    throw new Error(`there is no placeholder {${name}}`)
  }

  /** What a command printed, without what differs from run to run. */
  stable(text: string): string {
    let out = text
    for (const name of ['asRole', 'gone', 'other', 'url', 'pooler', 'locked', 'older', 'closed']) {
      const value = this.#values.get(name)
      if (value !== undefined) out = out.replaceAll(redactUrl(value), `<${name}>`)
    }
    return out
      .replaceAll(this.#values.get('database')!, '<database>')
      .replaceAll(this.role, '<role>')
      .replaceAll(this.#folder, '<folder>')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
      .replace(/\bpid \d+/g, 'pid <pid>')
      .replace(/getaddrinfo [A-Z_]+/g, 'getaddrinfo <code>')
      .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:<port>')
      .replace(/this is PostgreSQL \d+/g, 'this is PostgreSQL <major>')
      .replace(/\b(embedded|local) PostgreSQL \d+(\.\d+)?/g, '<server>')
      .replace(/"(embedded|local):\d+"( \(<server>\))?(, (or )?(?="(embedded|local)))?/g, '')
      .replace(/PostgreSQL 1[5-9]\.\d+/g, 'PostgreSQL <version>')
      .replace(/\d+(\.\d+)? (k?B|MB)\b/g, '<size>')
      .replace(/\d+\.\d s\b/g, '<seconds>')
      .replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/g, '<time>')
  }

  /** What must never be printed. */
  get secrets(): readonly string[] {
    return [secret, passwordOfRole]
  }
}

/** The same database as another role. */
function as(url: string, role: string): string {
  return url.replace(/^(postgres(?:ql)?:\/\/)(?:[^/?]*@)?/i, `$1${role}:${passwordOfRole}@`)
}

/** A second database beside the case's, which is not empty. */
async function another(url: string, name: string): Promise<string> {
  const connection = await connect(url)
  await connection.script(`create database ${name} template template0`)
  await connection.close()
  const made = withDatabase(url, name)
  const inside = await connect(made)
  await inside.script('create schema app')
  await inside.close()
  return made
}
