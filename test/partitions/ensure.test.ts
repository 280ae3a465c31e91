import { expect, test } from 'vitest'
import { connect } from '../../src/db/index.ts'
import { schema, session, start, until } from '../support/command.ts'
import { testServer, type Major } from '../support/postgres.ts'
import { declaration, ok, partitions, shop, today } from './shop.ts'

const ensure = (url: string, ...args: readonly string[]) => schema('partitions', 'ensure', '--url', url, '--schema', declaration, ...args)
const majors: Major[] = [15, 18]

/** Everything the catalogs say of partitions, but for flags of a key that has no meaning (connoinherit). */
const catalogs = [
  `select 'table', c.relname, c.relkind, c.relreplident, c.relrowsecurity, c.relforcerowsecurity, c.relacl::text, c.reloptions::text, c.relchecks, pg_get_expr(c.relpartbound, c.oid) from pg_class c`,
  `select 'key', c.relname, k.conname, k.contype, k.conislocal, k.coninhcount, k.convalidated, k.conparentid <> 0, pg_get_constraintdef(k.oid) from pg_constraint k join pg_class c on c.oid = k.conrelid`,
  `select 'column', c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attgenerated, a.attislocal, a.attinhcount, a.attstorage, a.attoptions::text,
     (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d where d.adrelid = c.oid and d.adnum = a.attnum) from pg_attribute a join pg_class c on c.oid = a.attrelid and a.attnum > 0`,
  `select 'index', c.relname, i.indrelid::regclass, pg_get_indexdef(i.indexrelid), i.indisvalid, (select count(*) from pg_inherits h where h.inhrelid = c.oid) from pg_index i join pg_class c on c.oid = i.indexrelid`,
  `select 'comment', c.relname, d.objsubid, d.description from pg_description d join pg_class c on c.oid = d.objoid and d.classoid = 1259`,
  `select 'trigger', c.relname, t.tgtype, t.tgenabled, count(*) from pg_trigger t join pg_class c on c.oid = t.tgrelid group by c.relnamespace, c.relname, t.tgtype, t.tgenabled`,
]

const described = (url: string): Promise<string[]> =>
  session(url, async (c) => {
    const all = catalogs.map((q) => `select x::text as line from (${q.replace(/( group by|$)/, ` where c.relnamespace = 'app'::regnamespace and c.relname ~ '2026_'$1`)}) x`)
    return (await c.query<{ line: string }>(`select line from (${all.join(' union all ')}) y order by 1`)).map((r) => r.line)
  })

test.each(majors)('makes what apply would have made, once, on %i', async (major) => {
  const [url, direct] = [await shop('2026-01-20', major), await shop('2026-06-20', major)]
  expect(await partitions(url, 'visits%')).toEqual(['visits_2026_01', 'visits_2026_02'])
  today('2026-06-20')
  const ran = await ensure(url)
  expect(ran).toMatchObject({ code: 0 })
  // January and February are there though they are past their retention; March is past it and was never made.
  expect(await partitions(url, 'payments%')).toEqual(['01', '02', '03', '04', '05', '06', '07'].flatMap((m) => (m === '03' ? [] : [`payments_2026_${m}`])))
  expect(ran.out).toContain('made app.payments_2026_07')
  expect(ran.out).toContain('app.payments takes rows until 2026-08-01, 42 days ahead')
  await ok('drift', '--url', url, '--schema', declaration)
  const again = await ensure(url)
  expect(again.out).toContain('every declared partition is there')
  const both = (lines: readonly string[]): string[] => lines.filter((l) => /2026_0[4567]/.test(l))
  expect(both(await described(url))).toEqual(both(await described(direct)))
})

test('two at once make each partition once', async () => {
  const url = await shop('2026-01-20')
  today('2026-03-20')
  const ran = await Promise.all([ensure(url), ensure(url), ensure(url)])
  expect(ran.map((r) => r.code)).toEqual([0, 0, 0])
  expect(ran.map((r) => r.out.match(/^made /gm)?.length ?? 0).sort()).toEqual([0, 0, 6])
  await ok('drift', '--url', url, '--schema', declaration)
})

test('readers and writers of the table go on while a partition is attached', async () => {
  const url = await shop('2026-01-20')
  today('2026-02-20')
  const writer = await connect(url)
  try {
    await writer.script(`begin; insert into app.visits values ('2026-01-06', 'open'); select * from app.visits`)
    expect(await ensure(url)).toMatchObject({ code: 0 })
    await writer.script('commit')
  } finally {
    await writer.close()
  }
  expect(await partitions(url, 'visits%')).toContain('visits_2026_03')
})

// The second is another table, and waits for less than deadlock_timeout (1 s) whatever it may: nobody becomes the victim of a deadlock.
test.each([
  ['lock table app.payments in share update exclusive mode', ['--lock-timeout', '100']],
  ['lock table app."Odd ""entries""" in row exclusive mode', []],
] as const)('a lock in the way is waited for and tried again: %s', async (lock, args) => {
  const url = await shop('2026-01-20')
  today('2026-02-20')
  const [holder, watcher] = [await connect(url), await connect(url)]
  try {
    await holder.script(`begin; ${lock}`)
    const running = start('partitions', 'ensure', '--url', url, '--schema', declaration, ...args)
    const waiting = `exists (select from pg_stat_activity where application_name = 'pgintent partitions' and wait_event_type = 'Lock' and datname = current_database())`
    await until(watcher, waiting)
    const began = performance.now()
    await until(watcher, `not ${waiting}`)
    expect(performance.now() - began).toBeLessThan(900)
    await holder.script('rollback')
    const ended = await running.ended
    expect(ended).toMatchObject({ code: 0 })
    expect(ended.out).toContain('trying again in')
  } finally {
    await Promise.all([holder.close(), watcher.close()])
  }
})

test('--check tells who is late and makes nothing', async () => {
  const url = await shop('2026-01-20')
  expect(await ensure(url, '--check', '--days', '40')).toMatchObject({ code: 0 })
  today('2026-02-20')
  const late = await ensure(url, '--check', '--json')
  expect(late).toMatchObject({ code: 2 })
  expect(JSON.parse(late.out)).toMatchObject({ days: 45, tables: [{ days: 9, ok: false }, { days: 9 }, { table: 'app.visits', until: '2026-03-01', days: 9 }] })
  const dry = await ensure(url, '--dry-run')
  expect(dry.out).toContain('ATTACH PARTITION app."Odd ""entries""_2026_03"')
  expect(await partitions(url, '%2026_03')).toEqual([])
  await ensure(url, '--ahead', '4')
  expect(await partitions(url, 'visits%')).toEqual(['visits_2026_01', 'visits_2026_02', 'visits_2026_03', 'visits_2026_04', 'visits_2026_05', 'visits_2026_06'])
  // What was made ahead of the declared number is no drift.
  await ok('drift', '--url', url, '--schema', declaration)
})

test('a table that is not there is left to apply', async () => {
  const url = await (await testServer()).freshDatabase()
  today('2026-01-20')
  const ran = await ensure(url)
  expect(ran).toMatchObject({ code: 0 })
  expect(ran.out).toContain('app.payments is declared and not in the database: run schema apply')
})
