import { afterAll, beforeAll, expect, test } from 'vitest'
import { checkSession, connect, DatabaseError, type Connection, type Notice } from '../../src/db/index.ts'
import { testServer } from '../support/postgres.ts'

let url: string
let connection: Connection
beforeAll(async () => {
  url = await (await testServer()).freshDatabase()
  connection = await connect(url)
}, 30_000)
afterAll(() => connection.close())

test('the state of the session stays', async () => {
  await connection.query('begin')
  await connection.query('create table kept (id int)')
  const [row] = await connection.query<{ pid: number }>('select pg_backend_pid() as pid')
  await connection.query('rollback')
  expect(row?.pid).toBe(connection.pid)
  expect(await connection.query(`select to_regclass('kept') as found`)).toEqual([{ found: null }])
  expect(await checkSession(connection)).toBe('direct')
})

test('values are plain data', async () => {
  const [row] = await connection.query(
    `select 9007199254740991::int8 as exact, 9007199254740993::int8 as huge, array[1, 9007199254740993]::int8[] as many,
            '{"a": [1, null]}'::jsonb as json, array['a', null]::name[] as names, array['{"b":1}']::json[] as jsons,
            '2026-01-02 03:04:05.123456+00'::timestamptz as at, '1 day 2 hours'::interval as span, 1.10::numeric as cost,
            'x'::"char" as letter, null as nothing, array[true] as flags, $1::text as given, $2::text[] as list`,
    ["it's", ['p', 'q"']],
  )
  expect(row).toEqual({
    exact: 9007199254740991, huge: '9007199254740993', many: [1, '9007199254740993'],
    json: { a: [1, null] }, names: ['a', null], jsons: [{ b: 1 }],
    at: '2026-01-02 03:04:05.123456+00', span: '1 day 02:00:00', cost: '1.10',
    letter: 'x', nothing: null, flags: [true], given: "it's", list: ['p', 'q"'],
  }) // prettier-ignore
})

test('a script is one round trip and returns the last rows', async () => {
  const before = connection.roundTrips
  expect(await connection.script('create temp table s (a int); insert into s values (1), (2); select a from s')).toEqual([{ a: 1 }, { a: 2 }])
  expect(await connection.script('select 1; begin; commit')).toEqual([])
  expect(await connection.script('')).toEqual([])
  expect(connection.roundTrips - before).toBe(3)
})

test('the text arrives exactly as it was given', async () => {
  // The driver's own formatting would remove the common indentation, in function bodies and literals too.
  const body = `\n    select\n        'a\n    b'\n  `
  const [row] = await connection.query<{ text: string; length: number }>(`    select $x$${body}$x$ as text,
      length($x$${body}$x$) as length`)
  expect(row).toEqual({ text: body, length: body.length })
})

test('a script of two hundred thousand lines', { timeout: 20_000 }, async () => {
  const lines = Array.from({ length: 200_000 }, (_, i) => `  -- line ${i}`)
  expect(await connection.script(`${lines.join('\n')}\nselect 1 as one`)).toEqual([{ one: 1 }])
})

test('statements that are asked for at once run in order', async () => {
  const results = await Promise.all([1, 2, 3].map((n) => connection.query(`select ${n} as n, pg_sleep(0.01)::text`)))
  expect(results.map(([row]) => row?.['n'])).toEqual([1, 2, 3])
})

test('errors keep what PostgreSQL said, and where', async () => {
  const text = 'select 1;\nselect nosuch from pg_class;'
  const error = await connection.script(text).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(DatabaseError)
  expect(error).toMatchObject({
    code: '42703',
    message: 'column "nosuch" does not exist',
    position: text.indexOf('nosuch') + 1,
  })

  const raised = connection.script(`do $$ begin
    raise exception 'no way' using detail = 'because', hint = 'try', errcode = 'P0123'; end $$`)
  await expect(raised).rejects.toMatchObject({ code: 'P0123', message: 'no way', detail: 'because', hint: 'try' })
  await expect(raised).rejects.toMatchObject({ where: expect.stringContaining('line 2') as unknown })
  expect(await connection.query('select 1 as one')).toEqual([{ one: 1 }])
})

test('constraint errors name the constraint', async () => {
  const failed = connection.script('create temp table u (a int constraint only_once unique); insert into u values (1), (1)')
  await expect(failed).rejects.toMatchObject({ code: '23505', constraint: 'only_once', table: 'u' })
})

test('notices arrive until nobody listens', async () => {
  const heard: Notice[] = []
  const stop = connection.onNotice((notice) => heard.push(notice))
  const say = (what: string) => connection.script(`do $$ begin raise warning '${what}' using hint = 'h'; end $$`)
  await say('first')
  stop()
  await say('second')
  expect(heard).toHaveLength(1)
  expect(heard[0]).toMatchObject({ severity: 'WARNING', message: 'first', hint: 'h', code: '01000' })
})

test('a connection that the server ends, while busy and while idle', async () => {
  const victim = await connect(url)
  const busy = victim.query('select pg_sleep(10)')
  const caught = expect(busy).rejects.toMatchObject({ code: '57P01' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  await connection.query('select pg_terminate_backend($1)', [victim.pid])
  await caught
  await expect(victim.query('select 1')).rejects.toBeInstanceOf(DatabaseError)
  await victim.close()

  const idle = await connect(url)
  await connection.query('select pg_terminate_backend($1)', [idle.pid])
  await new Promise((resolve) => setTimeout(resolve, 50))
  await expect(idle.query('select 1')).rejects.toBeInstanceOf(DatabaseError)
  await idle.close()
})

test('a closed connection says so, and closing it again is harmless', async () => {
  const one = await connect(url)
  await Promise.all([one.close(), one.close()])
  await expect(one.query('select 1')).rejects.toThrow('the connection is closed')
})

test('abort does not wait for a running statement', async () => {
  const one = await connect(url)
  const running = expect(one.query('select pg_sleep(30)')).rejects.toMatchObject({ code: '08006' })
  await new Promise((resolve) => setTimeout(resolve, 20))
  one.abort()
  await running
  await one.close()
})
