import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, withDatabase, type Connection } from '../../src/db/index.ts'
import { openShadow } from '../../src/shadow/index.ts'
import { bundle, runChild } from '../support/child.ts'
import { testServer } from '../support/postgres.ts'

const wish = { major: 15, extensions: [] }
let url: string
let server: Connection
beforeAll(async () => {
  url = (await testServer()).url
  server = await connect(url)
}, 30_000)
afterAll(() => server.close())

/** The scratch databases of the whole server. Tests of this file run one after the other. */
async function scratches(): Promise<string[]> {
  const rows = await server.query<{ name: string }>(`select datname::text as name from pg_database where datname like 'pgintent\\_shadow\\_%'`)
  return rows.map((row) => row.name)
}

test('a URL gives an empty database of its own, dropped even when somebody is connected', async () => {
  const shadow = await openShadow(url, wish)
  expect(shadow.exclusiveCluster).toBe(false)
  expect(await scratches()).toHaveLength(1)
  const connection = await connect(shadow.url)
  await connection.query('create table t (id int)')
  await shadow.close()
  await shadow.close()
  expect(await scratches()).toEqual([])
  await connection.close()
})

test('`target` is the target’s server, and only when it is known', async () => {
  const shadow = await openShadow('target', { ...wish, targetUrl: url })
  expect(shadow.describe).toMatch(/^scratch database on PostgreSQL \d+\.\d+$/)
  await shadow.close()
  await expect(openShadow('target', wish)).rejects.toThrow('shadow "target": there is no target')
})

test('concurrent runs do not meet, and a killed run’s database goes with the next run', { timeout: 20_000 }, async () => {
  const program = await bundle('shadow/open-child.ts')
  const [killed, alive] = await Promise.all([runChild(program, [url]), runChild(program, [url])])
  expect(killed.line).not.toBe(alive.line)
  expect(await scratches()).toHaveLength(2)
  killed.process.kill('SIGKILL')
  await killed.closed
  // The server notices the dead client when it next reads from it, which for an idle session is at once.
  await expect.poll(() => server.query(`select from pg_stat_activity where application_name like 'pgintent\\_shadow%'`)).toHaveLength(1)
  const next = await openShadow(url, wish)
  expect(await scratches()).toHaveLength(2)
  await next.close()
  expect(await scratches()).toEqual([decodeURIComponent(new URL(alive.line).pathname.slice(1))])
  alive.process.kill('SIGTERM')
  await alive.closed
  expect(alive.process.signalCode).toBe('SIGTERM')
  expect(await scratches()).toEqual([])
})

test('a user who may not create databases', async () => {
  await server.script(`drop role if exists scratch_pauper; create role scratch_pauper login password 'pw-secret'`)
  const poor = url.replace(/\/\/[^@/]*@/, '//scratch_pauper:pw-secret@')
  const refused = openShadow(poor, wish)
  await expect(refused).rejects.toThrow(/no scratch database can be made: permission denied.*; grant the user CREATEDB/)
  await expect(refused).rejects.not.toThrow(/pw-secret/)
  await server.query('drop role scratch_pauper')
})

test('an extension that the server lacks', async () => {
  const refused = openShadow(withDatabase(url, 'postgres'), { major: 15, extensions: ['plpgsql', 'nosuch'] })
  await expect(refused).rejects.toThrow(/the extension "nosuch" is not available there; set shadow to .*docker:IMAGE/)
  expect(await scratches()).toEqual([])
})
