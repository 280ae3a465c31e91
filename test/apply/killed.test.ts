import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Connection } from '../../src/db/index.ts'
import { everything, introspect } from '../../src/introspect/index.ts'
import { fingerprint } from '../../src/model/fingerprint.ts'
import { done, schema, session, start, until, type Running } from '../support/command.ts'
import { testServer } from '../support/postgres.ts'

const declared = (name: string): string => fileURLToPath(new URL(`./declared/${name}.ts`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pgintent-killed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const before = `create schema app; create type app.mood as enum ('sad', 'happy');
  create table app.people (id integer primary key, mood app.mood not null default 'sad'); insert into app.people values (1, 'happy')`
let plan: string

beforeAll(async () => {
  plan = join(folder, 'plan')
  await done('plan', '--url', await database(), '--schema', declared('after'), '--out', plan)
})

async function database(): Promise<string> {
  const url = await (await testServer()).freshDatabase()
  await session(url, (c) => c.script(before))
  return url
}

const stateOf = (url: string): Promise<string> => session(url, async (c) => fingerprint(await introspect(c, { ...everything, namespaces: ['app'] })))
const enumOf = (url: string): Promise<string> =>
  session(url, async (c) => (await c.query<{ v: string }>('select array_to_string(enum_range(null::app.mood), $1) as v', [',']))[0]!.v)

/** The apply waits for this session's lock on the table, which its second transaction needs. */
async function holding<T>(url: string, table: string, use: (watcher: Connection, release: () => Promise<unknown>) => Promise<T>): Promise<T> {
  // Watched from another session: inside a transaction pg_stat_activity does not change.
  const [holder, watcher] = [await connect(url), await connect(url)]
  try {
    await holder.script(`begin; lock table ${table} in access share mode`)
    return await use(watcher, () => holder.script('rollback'))
  } finally {
    await Promise.all([holder.close(), watcher.close()])
  }
}

const waiting = `exists (select from pg_stat_activity where application_name = 'pgintent apply' and wait_event_type = 'Lock' and datname = current_database())`
const gone = `not exists (select from pg_stat_activity where application_name = 'pgintent apply' and datname = current_database())`

/** Kills an apply as nothing can defend against, while it waits for the lock, and lets the lock go. */
async function killed(running: Running, watcher: Connection, release: () => Promise<unknown>): Promise<void> {
  await until(watcher, waiting)
  running.process.kill('SIGKILL')
  await running.ended
  await release()
  await until(watcher, gone)
}

/** A database on which an apply was killed between its first transaction and its second. */
async function halfApplied(): Promise<string> {
  const url = await database()
  await holding(url, 'app.people', async (watcher, release) => {
    const running = start('apply', plan, '--url', url, '--yes')
    await until(watcher, `to_regclass('pgintent.step') is not null`)
    await until(watcher, 'exists (select from pgintent.step where n = 1)')
    await killed(running, watcher, release)
  })
  expect(await enumOf(url)).toBe('sad,ok,happy')
  return url
}

test('killed between two transactions: status tells, apply completes', async () => {
  const url = await halfApplied()
  const status = await done('status', '--url', url)
  expect(status.out).toMatch(/1 of 2 steps {2}running/)
  expect(status.out).toContain('`schema apply` goes on after the last committed step')

  const again = await done('apply', '--url', url, '--schema', declared('after'), '--yes')
  expect(again.out).toContain('after 1 that an earlier run had done')
  const direct = await database()
  await done('apply', plan, '--url', direct, '--yes')
  expect(await stateOf(url)).toBe(await stateOf(direct))
  expect((await schema('status', '--url', url)).out).toMatch(/2 of 2 steps {2}done/)
  await done('drift', '--url', url, '--schema', declared('after'))
})

test('killed between two transactions: the plan folder completes it as well', async () => {
  const url = await halfApplied()
  await done('apply', plan, '--url', url, '--yes')
  expect(await enumOf(url)).toBe('sad,ok,happy')
})

test('killed between two transactions: rollback undoes what was done', async () => {
  const url = await halfApplied()
  const start = await stateOf(await database())
  expect(await stateOf(url)).not.toBe(start)
  await done('rollback', '--last', '--url', url, '--yes')
  expect(await stateOf(url)).toBe(start)
  expect(await session(url, (c) => c.query('select id, mood::text from app.people'))).toEqual([{ id: 1, mood: 'happy' }])
  // Nothing is left half done: another plan may begin.
  await done('apply', plan, '--url', url, '--yes')
})

test('killed half way back: rollback goes on', async () => {
  const url = await database()
  await done('apply', plan, '--url', url, '--yes')
  await holding(url, 'app.people', (watcher, release) => killed(start('rollback', '--last', '--url', url, '--yes'), watcher, release))
  await done('rollback', '--last', '--url', url, '--yes')
  expect(await stateOf(url)).toBe(await stateOf(await database()))
})

test('killed before anything was committed: status tells, and it can be run again', async () => {
  const url = await database()
  await session(url, (c) => c.script('create table app.more (id integer); comment on table app.more is $$Goes$$'))
  const single = join(folder, 'single')
  await done('plan', '--url', url, '--schema', declared('before'), '--out', single, '--allow', 'drop_table')
  await holding(url, 'app.more', (watcher, release) => killed(start('apply', single, '--url', url, '--yes'), watcher, release))
  const status = await done('status', '--url', url)
  expect(status.out).toMatch(/0 of \d steps? {2}running/)
  expect(status.out).toContain('nothing of it was committed: run it again')
  await done('apply', single, '--url', url, '--yes')
  expect(await session(url, (c) => c.query(`select to_regclass('app.more')::text as there`))).toEqual([{ there: null }])
})

test('another plan is refused while one is half done', async () => {
  const url = await halfApplied()
  const other = join(folder, 'other')
  await done('plan', '--url', url, '--schema', declared('before'), '--out', other, '--allow', 'all')
  const refused = await schema('apply', other, '--url', url, '--yes')
  expect(refused).toMatchObject({ code: 3 })
  expect(refused.err).toContain('stopped after 1 of 2 steps')
})

test('two applies at once: one is refused', async () => {
  const url = await database()
  await holding(url, 'app.people', async (watcher, release) => {
    const first = start('apply', plan, '--url', url, '--yes')
    await until(watcher, waiting)
    const second = await schema('apply', plan, '--url', url, '--yes')
    expect(second).toMatchObject({ code: 3 })
    expect(second.err).toContain('another apply or rollback is running')
    await release()
    expect(await first.ended).toMatchObject({ code: 0 })
  })
  expect(await enumOf(url)).toBe('sad,ok,happy')
})

test('a lock that is let go late is waited for and tried again', async () => {
  const url = await database()
  await holding(url, 'app.people', async (watcher, release) => {
    const running = start('apply', plan, '--url', url, '--yes', '--lock-timeout', '100')
    await until(watcher, waiting)
    await until(watcher, `not ${waiting}`)
    await release()
    const ended = await running.ended
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.out).toContain('trying again in')
  })
})

test('a database that changed since the plan was made is refused', async () => {
  const url = await database()
  const own = join(folder, 'own')
  await done('plan', '--url', url, '--schema', declared('after'), '--out', own)
  await session(url, (c) => c.script('alter table app.people add column surprise text'))
  const refused = await schema('apply', own, '--url', url, '--yes')
  expect(refused).toMatchObject({ code: 3 })
  expect(refused.err).toContain('changed since the plan was made')
  expect(await enumOf(url)).toBe('sad,happy')
})
