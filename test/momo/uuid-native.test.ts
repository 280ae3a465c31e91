import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { connect } from '../../src/db/index.ts'
import { done, schema, session } from '../support/command.ts'
import { testServer } from '../support/postgres.ts'
import { applied, declared, type Applied } from './applied.ts'

let folder: string
let database: Applied | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pgintent-native-'))
  database = undefined
})
afterEach(async () => {
  delete process.env['MOMO_UUIDV7']
  rmSync(folder, { recursive: true, force: true })
  await database?.drop()
})

const bodyOf = (url: string): Promise<string> =>
  session(url, async (c) => (await c.query<{ body: string }>("select pg_get_function_sqlbody('app.uuidv7()'::regprocedure) as body"))[0]!.body)
const polyfill = 'RETURN app.uuidv7_at(clock_timestamp())'

test('on 18 the polyfill gives way to the native function, with rows in the tables, and comes back', async ({ skip }) => {
  skip((await testServer(18)).major < 18, 'the server that TEST_POSTGRES names is older')
  database = await applied('', 18)
  const { url } = database
  expect(await bodyOf(url)).toBe(polyfill)
  const writer = await connect(url)
  const insert = (name: string): Promise<unknown> =>
    writer.query('insert into app.users (auth_subject, created_at) select $1 || n, clock_timestamp() from generate_series(1, 500) n', [name])
  try {
    await insert('before-')
    process.env['MOMO_UUIDV7'] = 'native'
    const plan = join(folder, 'plan')
    await done('plan', '--url', url, '--out', plan, ...declared())
    const { forward, rollback, proof } = JSON.parse(readFileSync(join(plan, 'plan.json'), 'utf8')) as PlanFile
    expect(forward.map((s) => [s.action, s.id])).toEqual([['alter', 'function:app.uuidv7()']])
    expect(rollback.map((s) => [s.action, s.id])).toEqual([['alter', 'function:app.uuidv7()']])
    expect(proof.verdict).toBe('lossless')

    await done('apply', plan, '--url', url, '--yes', ...declared())
    expect(await bodyOf(url)).toBe('RETURN uuidv7()')
    await insert('native-')
    expect((await schema('drift', '--url', url, ...declared())).code).toBe(0)
    await done('rollback', plan, '--url', url, '--yes')
    expect(await bodyOf(url)).toBe(polyfill)
    await insert('after-')

    // One session made them all, and the same backend saw the body change under it.
    const rows = await writer.query<{ auth_subject: string }>('select auth_subject from app.users order by id')
    const expected = ['before-', 'native-', 'after-'].flatMap((name) => Array.from({ length: 500 }, (_, n) => `${name}${n + 1}`))
    expect(rows.map((r) => r.auth_subject)).toEqual(expected)
  } finally {
    await writer.close()
  }
})

interface PlanFile {
  readonly forward: readonly { readonly action: string; readonly id: string }[]
  readonly rollback: readonly { readonly action: string; readonly id: string }[]
  readonly proof: { readonly verdict: string }
}

test('on 15 the native function is refused where it is declared, and the major is said', async ({ skip }) => {
  const server = await testServer(15)
  skip(server.major >= 18, 'the server that TEST_POSTGRES names has the function')
  process.env['MOMO_UUIDV7'] = 'native'
  const url = await server.freshDatabase()
  const { code, out, err } = await schema('plan', '--url', url, ...declared('uuid.ts'))
  expect(err).toMatch(
    /schema\/uuid\.ts:\d+:\d+: PostgreSQL refuses function:app\.uuidv7\(\): function pg_catalog\.uuidv7\(\) does not exist \(.*; this is PostgreSQL 1[5-7]\); correct the declaration\n$/,
  )
  expect([code, out]).toEqual([1, ''])
})

test('a body that there is not is refused', async () => {
  process.env['MOMO_UUIDV7'] = 'nativ'
  const url = await (await testServer(15)).freshDatabase()
  const { code, err } = await schema('plan', '--url', url, ...declared('uuid.ts'))
  expect(err).toMatch(/schema\/uuid\.ts:\d+:\d+: it throws: MOMO_UUIDV7 is "nativ"; use native \(PostgreSQL 18 and later\) or polyfill; correct the declaration\n$/)
  expect(code).toBe(1)
})
