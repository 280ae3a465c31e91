import { readdirSync, rmSync } from 'node:fs'
import { expect, test } from 'vitest'
import { connect } from '../../src/db/index.ts'
import { openShadow } from '../../src/shadow/index.ts'
import { bundle, runChild } from '../support/child.ts'
import { socketFolder, waitUntilGone } from '../support/processes.ts'

test.each([15, 16, 17, 18])('embedded %i starts, answers and leaves nothing', { timeout: 20_000 }, async (major) => {
  const shadow = await openShadow('auto', { major, extensions: ['pgcrypto', 'btree_gist'] })
  const connection = await connect(shadow.url)
  try {
    expect(shadow.describe).toMatch(`embedded PostgreSQL ${major}.`)
    expect(shadow.exclusiveCluster).toBe(true)
    expect(connection.versionNum).toBe(shadow.versionNum)
    const [row] = await connection.script(`
      create extension pgcrypto; create extension btree_gist;
      create collation "und" (provider = icu, locale = 'und');
      select current_setting('server_version_num')::int as version, 'ä' < 'b' collate "und" as icu,
             upper('é') as upper, current_setting('fsync') as fsync, 'postgres'::name = current_database() as here`)
    expect(row).toEqual({ version: shadow.versionNum, icu: true, upper: 'É', fsync: 'off', here: true })
  } finally {
    await connection.close()
    await shadow.close()
  }
  expect(await waitUntilGone(socketFolder(shadow.url), 0)).toEqual([])
})

test('one transaction may create a whole schema', { timeout: 20_000 }, async () => {
  const shadow = await openShadow('embedded:15', { major: 15, extensions: [] })
  const connection = await connect(shadow.url)
  const tables = Array.from({ length: 2000 }, (_, i) => `create table t${i} (id int primary key, name text);`)
  await connection.script(tables.join('\n'))
  const [row] = await connection.query<{ n: number }>(`select count(*) as n from pg_class where relkind = 'r' and relname ~ '^t\\d'`)
  expect(row?.n).toBe(2000)
  await connection.close()
  await shadow.close()
})

test('five processes at once, on an empty cache', { timeout: 30_000 }, async () => {
  const program = await bundle('shadow/open-child.ts')
  const cache = `/tmp/pgi-test-${process.pid}`
  const children = await Promise.all(Array.from({ length: 5 }, () => runChild(program, ['embedded', '16'], { PGINTENT_CACHE: cache })))
  const folders = new Set(children.map((child) => socketFolder(child.line)))
  expect(folders.size).toBe(5)
  await Promise.all(
    children.map(async (child) => {
      const connection = await connect(child.line)
      expect(await connection.query('select 1 as one')).toEqual([{ one: 1 }])
      await connection.close()
      child.process.stdin!.end()
      await child.closed
      expect(child.process.exitCode).toBe(0)
    }),
  )
  expect(readdirSync(`${cache}/templates`)).toEqual([expect.stringMatching(/^template-embedded-16/)])
  expect(readdirSync(`${cache}/runs`)).toEqual([])
  rmSync(cache, { recursive: true })
})
