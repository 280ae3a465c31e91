import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connect, type Connection } from '../../src/db/index.ts'
import { uuidv7Floor } from '../../src/index.ts'
import { applied, type Applied } from './applied.ts'
import { randomOf } from './random.ts'

let database: Applied
let c: Connection
beforeAll(async () => {
  database = await applied('uuid.ts')
  c = await connect(database.url)
  await c.query("set timezone = 'UTC'")
})
afterAll(async () => {
  await c?.close()
  await database?.drop()
})

const one = async (sql: string, values: readonly unknown[] = []): Promise<unknown> => Object.values((await c.query(`select ${sql}`, values))[0] as object)[0]
const lastMs = new Date(2 ** 48 - 1)

describe('app.uuidv7', () => {
  test('gives version 7, variant 10, in order within a session and without duplicates', async () => {
    const [row] = await c.query(`
      select count(*) filter (where id <= earlier) as inversions, count(distinct id) as different,
             bool_and(get_byte(uuid_send(id), 6) >> 4 = 7 and get_byte(uuid_send(id), 8) >> 6 = 2) as marked
      from (select id, lag(id) over (order by n) as earlier
            from (select n, app.uuidv7() as id from generate_series(1, 100000) n offset 0) as made) as pairs`)
    expect(row).toEqual({ inversions: 0, different: 100_000, marked: true })
  })

  test('carries the moment it was called, not the start of the transaction', async () => {
    await c.query('begin')
    const late = await one("app.uuidv7_time(app.uuidv7()) >= date_trunc('milliseconds', now()) + interval '20 ms' from pg_sleep(0.02)")
    await c.query('rollback')
    expect(late).toBe(true)
  })
})

describe('app.uuidv7_at', () => {
  test('refuses what 48 bits of milliseconds do not hold', async () => {
    for (const moment of ['1969-12-31 23:59:59.999999+00', '10889-08-02 05:31:50.656+00', 'infinity', '-infinity', '0044-03-15 12:00:00+00 BC'])
      await expect(one('app.uuidv7_at($1)', [moment]), moment).rejects.toMatchObject({
        code: '22008',
        message: expect.stringMatching(/^a version 7 UUID cannot hold the moment /) as string,
      })
  })

  test('holds the first and the last microsecond', async () => {
    expect(await one("app.uuidv7_at('epoch')::text")).toMatch(/^00000000-0000-7000-[89ab]/)
    expect(await one("app.uuidv7_at('10889-08-02 05:31:50.655999+00')::text")).toMatch(/^ffffffff-ffff-7ffb-[89ab]/)
  })

  test('of NULL is NULL', async () => {
    expect(await one('app.uuidv7_at(null)')).toBeNull()
  })

  test('is in the order of microseconds', async () => {
    const [row] = await c.query(`
      select count(*) filter (where id <= earlier) as inversions
      from (select id, lag(id) over (order by n) as earlier
            from (select n, app.uuidv7_at('2026-07-01 00:00:00+00'::timestamptz + n * interval '1 microsecond') as id from generate_series(1, 5000) n) as made) as pairs`)
    expect(row).toEqual({ inversions: 0 })
  })
})

describe('app.uuidv7_time', () => {
  test('gives back the millisecond, from 1970 until 2242, where a double runs out of microseconds', async () => {
    const [row] = await c.query(`
      select count(*) as wrong
      from (select 'epoch'::timestamptz + floor(random() * 8589934592000) * interval '1 millisecond' as at from generate_series(1, 20000) offset 0) as moments
      where app.uuidv7_time(app.uuidv7_at(at)) <> at or app.uuidv7_time(app.uuidv7_floor(at)) <> at`)
    expect(row).toEqual({ wrong: 0 })
  })

  test('cuts microseconds off', async () => {
    expect(await one("app.uuidv7_time(app.uuidv7_at('2026-07-01 10:00:00.123999+00'))")).toBe('2026-07-01 10:00:00.123+00')
  })

  test('of NULL is NULL', async () => {
    expect(await one('app.uuidv7_time(null)')).toBeNull()
  })
})

describe('app.uuidv7_floor', () => {
  test('is what uuidv7Floor gives, for partition bounds and for any moment', async () => {
    const random = randomOf(7)
    const months = Array.from({ length: 240 }, (_, n) => new Date(Date.UTC(2020, n, 1)))
    const moments = [new Date(0), new Date(1), lastMs, ...months, ...Array.from({ length: 5000 }, () => new Date(Math.floor(random() * 2 ** (20 + random() * 28))))]
    const rows = await c.query<{ floor: string }>(
      "select app.uuidv7_floor('epoch'::timestamptz + make_interval(days => (ms / 86400000)::int, secs => ms % 86400000 / 1000.0))::text as floor from unnest($1::bigint[]) with ordinality as m (ms, n) order by n",
      [moments.map((m) => m.getTime())],
    )
    expect(rows.map((r) => r.floor)).toEqual(moments.map(uuidv7Floor))
  })

  test('is not above any UUID of its millisecond', async () => {
    const [row] = await c.query(`
      select bool_and(app.uuidv7_floor(at) <= app.uuidv7_at(at) and app.uuidv7_at(at) < app.uuidv7_floor(at + interval '1 ms')) as holds
      from (select '2026-07-01 00:00:00+00'::timestamptz + random() * interval '90 days' as at from generate_series(1, 5000) offset 0) as moments`)
    expect(row).toEqual({ holds: true })
  })

  test('before 1970 it is the least UUID and after 10889 the last millisecond, so that conditions on it stay true', async () => {
    for (const early of ['-infinity', '1969-12-31 23:59:59.999+00']) expect(await one('app.uuidv7_floor($1)', [early])).toBe('00000000-0000-0000-0000-000000000000')
    for (const late of ['infinity', '12000-01-01 00:00:00+00']) expect(await one('app.uuidv7_floor($1)', [late])).toBe(uuidv7Floor(lastMs))
  })

  test('of NULL is NULL', async () => {
    expect(await one('app.uuidv7_floor(null)')).toBeNull()
  })

  test('does not depend on the time zone of the session', async () => {
    const there = await connect(database.url)
    await there.query("set timezone = 'Africa/Kampala'")
    expect((await there.query("select app.uuidv7_floor('2026-07-01 00:00:00+00') as floor"))[0]).toEqual({ floor: uuidv7Floor(new Date('2026-07-01T00:00:00Z')) })
    await there.close()
  })
})

test('uuidv7Floor refuses a moment that 48 bits do not hold', () => {
  expect(() => uuidv7Floor(new Date(-1))).toThrow('uuidv7Floor: a version 7 UUID cannot hold 1969-12-31T23:59:59.999Z; give a moment from 1970 to 10889')
  expect(() => uuidv7Floor(new Date(2 ** 48))).toThrow('cannot hold +010889-08-02T05:31:50.656Z')
  expect(() => uuidv7Floor(new Date(Number.NaN))).toThrow('cannot hold an invalid date')
})
