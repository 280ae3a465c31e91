import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { connect, type Connection } from '../../src/db/index.ts'
import { schema, session, start, until } from '../support/command.ts'
import { declaration, filled, ok, partitions, scratch, today } from './shop.ts'

const folder = scratch()
const args = (url: string, name: string): string[] => [
  'partitions',
  'retire',
  '--url',
  url,
  '--schema',
  declaration,
  '--archive',
  join(folder, name),
  '--yes',
  '--lock-timeout',
  '60000',
]
const busy = `from pg_stat_activity where application_name = 'pgintent partitions' and datname = current_database()`

/** A database on which a retirement of January's entries was killed while it waited for a lock that `hold` takes. */
async function killed(name: string, hold: string, waiting: string): Promise<string> {
  const url = await filled()
  today('2026-04-10')
  await ok('partitions', 'ensure', '--url', url, '--schema', declaration)
  const [holder, watcher] = [await connect(url), await connect(url)]
  try {
    await holder.script(`begin; ${hold}`)
    const running = start(...args(url, name))
    await until(watcher, waiting)
    running.process.kill('SIGKILL')
    await running.ended
    await gone(watcher)
    await holder.script('rollback')
  } finally {
    await Promise.all([holder.close(), watcher.close()])
  }
  return url
}

/** A killed client's backend notices only when it wants to answer: it is ended as the server would in the end. */
async function gone(watcher: Connection): Promise<void> {
  await watcher.query(`select pg_terminate_backend(pid) ${busy}`)
  await until(watcher, `not exists (select ${busy})`)
}

const january = 'Odd "entries"_2026_01'

async function finishes(url: string, name: string): Promise<void> {
  const again = await schema(...args(url, name))
  expect(again).toMatchObject({ code: 0 })
  expect(again.out).toContain('app."Odd ""entries""_2026_01": 180 rows archived to')
  expect(await partitions(url)).not.toContain(january)
  await ok('drift', '--url', url, '--schema', declaration)
  expect(readdirSync(join(folder, name)).filter((f) => f.endsWith('.part'))).toEqual([])
}

test('killed between detach and drop: drift is clean meanwhile, and the next run archives and drops', async () => {
  // To let go of its foreign key the detached partition needs the table that it refers to.
  const detached = `exists (select from pg_class where relname = '${january}' and not relispartition) and exists (select ${busy} and wait_event_type = 'Lock')`
  const url = await killed('between', 'lock table app.payments in access share mode', detached)
  expect((await ok('status', '--url', url)).out).toMatch(/being detached {2}app\.Odd "entries"_2026_01.*\n.*goes on/)
  await ok('drift', '--url', url, '--schema', declaration)
  expect((await ok('partitions', 'ensure', '--url', url, '--schema', declaration)).out).toContain('every declared partition is there')
  const plan = await ok('plan', '--url', url, '--schema', declaration, '--out', join(folder, 'plan'))
  expect(plan.code).toBe(0)
  const dry = await schema('partitions', 'retire', '--url', url, '--schema', declaration)
  expect(dry.out).toContain('detached already, archive, drop')
  await finishes(url, 'between')
})

test('a hold that comes after the detach keeps the partition from being dropped', async () => {
  const detached = `exists (select from pg_class where relname = '${january}' and not relispartition) and exists (select ${busy} and wait_event_type = 'Lock')`
  const url = await killed('held', 'lock table app.payments in access share mode', detached)
  await session(url, (c) => c.script(`insert into app.legal_holds values ('app."Odd ""entries"""', 'case 7', '2026-01-10', '2026-01-11')`))
  const ran = await schema(...args(url, 'held'))
  expect(ran).toMatchObject({ code: 3 })
  expect(ran.err).toContain('app."Odd ""entries""_2026_01": it is held: case 7')
  expect(await partitions(url)).toContain(january)
  await session(url, (c) => c.script('delete from app.legal_holds'))
  await finishes(url, 'held')
})

test('what depends on a partition keeps it, detached, until it is gone', async () => {
  const url = await filled()
  today('2026-04-10')
  await ok('partitions', 'ensure', '--url', url, '--schema', declaration)
  await session(url, (c) => c.script('create schema other; create view other.v as select * from app."Odd ""entries""_2026_01"'))
  const ran = await schema(...args(url, 'view'))
  expect(ran).toMatchObject({ code: 1 })
  expect(ran.err).toContain('(view other.v depends on table app."Odd ""entries""_2026_01"); drop what depends on it; it is detached, and the next run goes on from here')
  expect((await ok('status', '--url', url)).out).toContain('detached, not dropped')
  await ok('drift', '--url', url, '--schema', declaration)
  await session(url, (c) => c.script('drop schema other cascade'))
  await finishes(url, 'view')
})

test('killed in the middle of a concurrent detach: the next run finishes it', async () => {
  // The detach commits its first half and then waits for whoever read the table before.
  const pending = 'exists (select from pg_inherits where inhdetachpending)'
  const url = await killed('pending', `select count(*) from app."Odd ""entries"""`, pending)
  expect(await session(url, (c) => c.query(`select ${pending} as yes`))).toEqual([{ yes: true }])
  expect((await ok('status', '--url', url)).out).toContain('being detached')
  await ok('drift', '--url', url, '--schema', declaration)
  await finishes(url, 'pending')
})
