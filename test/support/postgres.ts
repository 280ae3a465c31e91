import { randomBytes } from 'node:crypto'
import { connect, withDatabase } from '../../src/db/index.ts'
import { openShadow } from '../../src/shadow/index.ts'

export type Major = 15 | 16 | 17 | 18

/** A server for tests, shared by everything that one worker process runs. */
export interface TestServer {
  /** A superuser's URL to the database `postgres`. */
  readonly url: string
  readonly major: Major
  /** A new, empty database from template0. Nobody drops it: it goes with the server. */
  freshDatabase(): Promise<string>
}

/** On `globalThis`, because the test runner evaluates modules anew for every file of a worker. */
const servers = ((globalThis as Record<string, unknown>)['pgintentTestServers'] ??= new Map()) as Map<Major, Promise<TestServer>>

/**
 * The server that `TEST_POSTGRES` chooses: `embedded` (default), `testcontainers` (image `TEST_POSTGRES_IMAGE`,
 * default `postgres:15`), or a superuser's URL. The major is `TEST_PG_MAJOR`, default 15; an image and a URL have the
 * major that they have, and the result says which.
 * Started on first use; it ends with the process.
 */
export function testServer(major: Major = Number(process.env['TEST_PG_MAJOR'] ?? 15) as Major): Promise<TestServer> {
  const known = servers.get(major)
  if (known) return known
  const server = start(major)
  servers.set(major, server)
  return server
}

async function start(major: Major): Promise<TestServer> {
  const choice = process.env['TEST_POSTGRES'] ?? 'embedded'
  const url = /^postgres(ql)?:/.test(choice) ? choice : await startOwn(choice, major)
  const connection = await connect(url)
  await connection.close()
  const actual = Math.floor(connection.versionNum / 10_000) as Major
  return { url, major: actual, freshDatabase: () => freshDatabase(url) }
}

async function startOwn(choice: string, major: Major): Promise<string> {
  const image = process.env['TEST_POSTGRES_IMAGE'] ?? 'postgres:15'
  const spec = choice === 'testcontainers' ? `docker:${image}` : `${choice}:${major}`
  return (await openShadow(spec, { major, extensions: [] })).url
}

async function freshDatabase(url: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const connection = await connect(url)
  try {
    await connection.query(`create database ${name} template template0`)
  } finally {
    await connection.close()
  }
  return withDatabase(url, name)
}
