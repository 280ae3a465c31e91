import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, withDatabase } from '../../src/db/index.ts'
import { UserError } from '../../src/model/error.ts'
import { embeddedInstallations, startCluster, type Cluster } from '../../src/shadow/index.ts'
import { freePort } from '../support/port.ts'

const secret = 'hunter2-s3cret'
let cluster: Cluster

/** A server of our own, because the login rules of the shared one must stay as they are. */
beforeAll(async () => {
  const newest = embeddedInstallations()[0]
  cluster = await startCluster(newest!)
  const rules = join(cluster.dir, 'data', 'pg_hba.conf')
  writeFileSync(rules, `local all locked scram-sha-256\n${readFileSync(rules, 'utf8')}`)
  const connection = await connect(cluster.url)
  await connection.script(`create role locked login password '${secret}'; create role plain login;
    select pg_reload_conf()`)
  await connection.close()
}, 20_000)
afterAll(() => cluster.close())

/** The error of a connection that must not succeed. It never holds the secret, in whatever way it is looked at. */
async function failure(url: string, options?: Parameters<typeof connect>[1]): Promise<UserError> {
  const error: unknown = await connect(url, options).then(
    () => 'it connected',
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(UserError)
  expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(secret)
  return error as UserError
}

const as = (user: string, password?: string) => cluster.url.replace('//postgres@', `//${user}${password === undefined ? '' : `:${password}`}@`)

describe('logins', () => {
  test('the right password', async () => {
    const connection = await connect(as('locked', secret))
    expect(await connection.query('select current_user::text as name')).toEqual([{ name: 'locked' }])
    await connection.close()
  })

  test('the password file', async () => {
    const file = join(cluster.dir, 'pgpass')
    appendFileSync(file, `# comment\nother:*:*:*:no\nlocalhost:5432:*:locked:${secret}\n`)
    process.env['PGPASSFILE'] = file
    try {
      await (await connect(as('locked'))).close()
    } finally {
      delete process.env['PGPASSFILE']
    }
  })

  test('a wrong password is never printed', async () => {
    const error = await failure(as('locked', `${secret}-wrong`))
    expect(error.message).toMatch(/^postgresql:\/\/locked@.*: the password for user "locked" was not accepted; check/)
  })

  test('no password where one is asked for', async () => {
    expect((await failure(as('locked'))).what).toBe('the server asks for a password for user "locked"')
  })

  test('a user that does not exist', async () => {
    expect((await failure(as('nosuch', secret))).what).toBe('role "nosuch" does not exist')
  })
})

describe('servers and databases that are not there', () => {
  test('a database that does not exist', async () => {
    const error = await failure(withDatabase(as('locked', secret), 'nosuch'))
    expect(error.what).toBe('the database "nosuch" does not exist')
  })

  test('nobody listens', async () => {
    const error = await failure(`postgresql://me:${secret}@127.0.0.1:1/db`)
    expect(error.message).toMatch(/^postgresql:\/\/me@127\.0\.0\.1:1\/db: the server cannot be reached \(.*REFUSED.*\); check/)
  })

  test('no such socket, no such name', async () => {
    expect((await failure('postgresql:///db?host=/nosuchfolder')).what).toMatch('cannot be reached')
    expect((await failure(`postgresql://me:${secret}@nosuch.invalid/db`)).what).toMatch('cannot be reached')
  })

  test('the second host is tried when the first does not answer', async () => {
    const folder = encodeURIComponent(cluster.dir)
    const connection = await connect(`postgresql://postgres@/postgres?host=${encodeURIComponent('/nosuch')},${folder}`)
    await connection.close()
  })

  test('a server that is too old', async () => {
    const error = await failure(cluster.url, { minimumVersion: 99 })
    expect(error.message).toMatch(/: the server is PostgreSQL 18\.\d+; use PostgreSQL 99 or later$/)
  })

  test('a server without TLS when TLS is asked for', async () => {
    const port = await freePort()
    const tcp = await startCluster(embeddedInstallations()[0]!, ['listen_addresses=127.0.0.1', `port=${port}`])
    try {
      const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
      expect((await failure(`${url}?sslmode=require`)).what).toBe('the server does not speak TLS')
      for (const mode of ['prefer', 'disable', 'allow']) await (await connect(`${url}?sslmode=${mode}`)).close()
      await (await connect(url)).close()
    } finally {
      await tcp.close()
    }
  })
})
