import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { parseUrl } from '../../src/db/index.ts'
import { everything, introspect } from '../../src/introspect/index.ts'
import { fingerprint } from '../../src/model/fingerprint.ts'
import { schema, session } from '../support/command.ts'
import { testServer, type Major } from '../support/postgres.ts'
import { contents, declaration, filled, ok, partitions, scratch, today } from './shop.ts'

const folder = scratch()
let places = 0
const place = (): string => join(folder, `archive-${places++}`)
const retire = (url: string, ...args: readonly string[]) => schema('partitions', 'retire', '--url', url, '--schema', declaration, ...args)
const sql = (url: string, text: string): Promise<unknown> => session(url, (c) => c.script(text))
const odd = 'app."Odd ""entries"""'
const majors: Major[] = [15, 18]

test.each(majors)('children go first, parents a month later, and what is archived is what was there, on %i', async (major) => {
  const url = await filled(major)
  today('2026-04-10')
  await ok('partitions', 'ensure', '--url', url, '--schema', declaration)
  const [january, february] = [await contents(url, `${odd.slice(0, -1)}_2026_01"`), await contents(url, 'app.payments_2026_01')]
  // In April two months reach back to 10 February: January's entries go, January's payments only a month later.
  const dir = place()
  const first = await retire(url, '--archive', dir, '--yes', '--json')
  expect(first).toMatchObject({ code: 0 })
  const { retired } = JSON.parse(first.out) as { retired: { partition: string; rows: number; sha256: string; file: string }[] }
  expect(retired.map((r) => [r.partition, r.rows])).toEqual([['app."Odd ""entries""_2026_01"', 180]])
  const bytes = gunzipSync(readFileSync(retired[0]!.file))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(retired[0]!.sha256)
  expect(bytes.toString().match(/\n/g)?.length).toBe(180)
  expect(JSON.parse(readFileSync(retired[0]!.file.replace('.copy.gz', '.json'), 'utf8'))).toMatchObject({
    rows: 180,
    sha256: retired[0]!.sha256,
    partition: ['app', 'Odd "entries"_2026_01'],
  })
  await ok('drift', '--url', url, '--schema', declaration)
  expect((await ok('plan', '--url', url, '--schema', declaration, '--exit-code')).code).toBe(0)
  expect((await ok('partitions', 'ensure', '--url', url, '--schema', declaration)).out).toContain('every declared partition is there')

  // February's entries refer to January's payments: both are due in May, and go in that order.
  today('2026-05-10')
  const dry = await retire(url)
  expect(dry.out.match(/^app.*: detach, archive, drop$/gm)?.map((l) => l.split(' (')[0])).toEqual(['app."Odd ""entries""_2026_02"', 'app.payments_2026_01'])
  const second = await retire(url, '--archive', dir, '--yes', '--json')
  expect(second).toMatchObject({ code: 0 })
  expect((JSON.parse(second.out) as { retired: { partition: string; rows: number }[] }).retired.map((r) => [r.partition, r.rows])).toEqual([
    ['app."Odd ""entries""_2026_02"', 20],
    ['app.payments_2026_01', 200],
  ])
  const status = await ok('status', '--url', url)
  expect(status.out).toMatch(/retired {3}app\.payments_2026_01, 200 rows in .*app\.payments_2026_01\.copy\.gz, SHA-256 [0-9a-f]{64}, by postgres/)
  expect(readdirSync(dir).filter((f) => f.endsWith('.part'))).toEqual([])
  expect(readdirSync(dir)).toContain('app.Odd%20%22entries%22_2026_01.copy.gz')

  await restored(url, dir, ['app.payments_2026_01', 'app.Odd%20%22entries%22_2026_01'])
  expect([await contents(url, `${odd.slice(0, -1)}_2026_01"`), await contents(url, 'app.payments_2026_01')]).toEqual([january, february])
  expect(await schema('drift', '--url', url, '--schema', declaration)).toMatchObject({ code: 2 })
  await ok('apply', '--url', url, '--schema', declaration, '--yes')
  await ok('drift', '--url', url, '--schema', declaration)
})

/** What psql does with a restore script, for machines without it: the script's own COPY reads the file that was unzipped beside it. */
async function restored(url: string, dir: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const script = readFileSync(join(dir, `${name}.restore.sql`), 'utf8').replace(/^\\copy (.*) FROM PROGRAM '.*'$/m, (_, what: string) => `COPY ${what} FROM PROGRAM 'cat' ;`)
    const inline = gunzipSync(readFileSync(join(dir, `${name}.copy.gz`))).toString('base64')
    await session(url, (c) => c.script(script.replace(/FROM PROGRAM 'cat' /, `FROM PROGRAM 'echo ${inline} | base64 -d'`)))
  }
}

/** In May: February's entries and January's payments are due, with the entries of January. */
async function may(): Promise<string> {
  const url = await filled()
  today('2026-05-10')
  await ok('partitions', 'ensure', '--url', url, '--schema', declaration)
  return url
}

test('a dry run writes nothing, and without --yes it is one', async () => {
  const url = await may()
  const before = await stateOf(url)
  const dir = place()
  expect(await retire(url, '--archive', dir)).toMatchObject({ code: 0 })
  expect(await retire(url, '--dry-run')).toMatchObject({ code: 0 })
  expect(existsSync(dir)).toBe(false)
  expect(await stateOf(url)).toBe(before)
  expect(await session(url, (c) => c.query(`select to_regclass('pgintent.retirement')::text as there`))).toEqual([{ there: null }])
})

const stateOf = (url: string): Promise<string> => session(url, async (c) => fingerprint(await introspect(c, everything)))

test('without an archive and without consent nothing goes', async () => {
  const url = await may()
  const ran = await retire(url, '--yes')
  expect(ran).toMatchObject({ code: 3 })
  expect(ran.err).toContain('give --archive DIR, or say --drop-without-archive')
  const dropped = await retire(url, '--yes', '--drop-without-archive')
  expect(dropped).toMatchObject({ code: 0 })
  expect(dropped.out).toContain('app.payments_2026_01: 200 rows dropped without an archive')
  await ok('drift', '--url', url, '--schema', declaration)
})

test('a held partition stays, with the reason; the others go', async () => {
  const url = await may()
  await sql(
    url,
    `insert into app.legal_holds values ('app.payments', 'case 42', '2026-01-10', '2026-01-11'), ('app.payments', null, '2026-01-10', '2026-01-11'), ('app.payments', 'later', '2026-02-01', '2026-03-01')`,
  )
  const ran = await retire(url, '--archive', place(), '--yes', '--json')
  expect(ran).toMatchObject({ code: 3 })
  expect(JSON.parse(ran.out)).toMatchObject({
    retired: [{ rows: 180 }, { rows: 20 }],
    refused: [{ partition: 'app.payments_2026_01', reason: 'it is held: case 42; no reason given' }],
  })
  expect(ran.err).toContain('refused, app.payments_2026_01: it is held: case 42; no reason given')
  expect(await contents(url, 'app.payments_2026_01')).toMatch(/^200 /)
  await ok('drift', '--url', url, '--schema', declaration)
})

test('whoever cannot ask for holds drops nothing', async () => {
  const url = await may()
  await sql(url, 'alter table app.legal_holds rename to other')
  const ran = await retire(url, '--archive', place(), '--yes')
  expect(ran).toMatchObject({ code: 1 })
  expect(ran.err).toContain('relation "app.legal_holds" does not exist; correct the query that `holds` declares')
  expect(await partitions(url, '%2026_01')).toHaveLength(3)
})

test('rows that still refer to a partition keep it', async () => {
  const url = await may()
  await sql(url, `create table app.refunds (id int, payment_id uuid references app.payments); insert into app.refunds select 1, id from app.payments limit 3`)
  const ran = await retire(url, '--archive', place(), '--yes')
  expect(ran).toMatchObject({ code: 3 })
  expect(ran.err).toContain('app.payments_2026_01: 3 rows of app.refunds refer to it (refunds_payment_id_fkey)')
  expect(await partitions(url, 'Odd%0_')).not.toContain('Odd "entries"_2026_02')
})

test('beside a DEFAULT partition only a plain detach is possible, with consent', async () => {
  const url = await may()
  await sql(url, 'create table app.rest partition of app.payments default')
  const ran = await retire(url, '--archive', place(), '--yes')
  expect(ran).toMatchObject({ code: 3 })
  expect(ran.err).toContain('its table has a DEFAULT partition, beside which PostgreSQL detaches nothing concurrently')
  expect(await retire(url, '--archive', place(), '--yes', '--plain-detach')).toMatchObject({ code: 0 })
  expect(await partitions(url, 'payments%01')).toEqual([])
})

test('--before keeps more than the declaration, never less, and reaches tables that keep for ever', async () => {
  const url = await filled()
  today('2026-07-10')
  const less = await retire(url, '--before', '2026-06')
  expect(less).toMatchObject({ code: 3 })
  expect(less.err).toContain('is declared to keep 2 months, which is until 2026-05-10')
  const more = await retire(url, '--before', '2026-02')
  expect(more.out.match(/detach, archive, drop$/gm)).toHaveLength(2)
  expect(more.out).toMatch(/^app\.visits_2026_01 /m)
  expect(await retire(url, '--before', '2026-02', '--yes', '--archive', place())).toMatchObject({ code: 0 })
  // The declaration lists visits of January for ever; that they were retired is known from the journal.
  expect(await partitions(url, 'visits%')).toEqual(['visits_2026_02'])
  const ensured = await ok('partitions', 'ensure', '--url', url, '--schema', declaration)
  expect(ensured.out).not.toContain('visits_2026_01')
  await ok('drift', '--url', url, '--schema', declaration)
})

test('an archive that is there is never written over', async () => {
  const [url, other] = [await filled(), await filled()]
  today('2026-04-10')
  const dir = place()
  expect(await retire(url, '--archive', dir, '--yes')).toMatchObject({ code: 0 })
  const ran = await retire(other, '--archive', dir, '--yes')
  expect(ran).toMatchObject({ code: 3 })
  expect(ran.err).toMatch(/it holds app\."Odd ""entries""_2026_01" of database test_\w+ already; give --archive another folder/)
  expect(await contents(other, `${odd.slice(0, -1)}_2026_01"`)).toMatch(/^180 /)
  expect(await retire(other, '--archive', place(), '--yes')).toMatchObject({ code: 0 })
})

test('an owner from whom forced row security hides rows drops nothing that may be referred to', async () => {
  const url = await (await testServer()).freshDatabase()
  const role = `owner_${parseUrl(url).database}`
  await sql(url, `create role ${role} login; grant create on database ${parseUrl(url).database} to ${role}`)
  const own = url.replace(/\/\/[^@]*@/, `//${role}@`)
  today('2026-01-20')
  await ok('apply', '--url', own, '--schema', declaration, '--yes')
  today('2026-05-10')
  expect(await ok('partitions', 'ensure', '--url', own, '--schema', declaration)).toMatchObject({ code: 0 })
  const ran = await retire(own, '--archive', place(), '--yes')
  expect(ran).toMatchObject({ code: 1 })
  expect(ran.err).toContain('partition app.payments_2026_01: query would be affected by row-level security policy')
  expect(ran.err).toContain('connect as a role with BYPASSRLS')
  // What nothing refers to is archived whole by its owner, forced row security or not.
  expect(ran.out).toContain('"Odd ""entries""_2026_01": 0 rows archived')
  expect(await partitions(url, 'payments%01')).toEqual(['payments_2026_01'])
  await sql(url, `alter role ${role} bypassrls`)
  expect(await retire(own, '--archive', place(), '--yes')).toMatchObject({ code: 0 })
  await ok('drift', '--url', own, '--schema', declaration)
})
