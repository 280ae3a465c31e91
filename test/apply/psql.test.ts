import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { everything, introspect } from '../../src/introspect/index.ts'
import { fingerprint } from '../../src/model/fingerprint.ts'
import { done, session } from '../support/command.ts'
import { testServer } from '../support/postgres.ts'

const declared = fileURLToPath(new URL('./declared/after.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pgintent-psql-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function hasPsql(): boolean {
  try {
    execFileSync('psql', ['--version'])
    return true
  } catch {
    return false
  }
}

async function database(): Promise<string> {
  const url = await (await testServer()).freshDatabase()
  await session(url, (c) =>
    c.script(`create schema app; create type app.mood as enum ('sad', 'happy'); create table app.people (id integer primary key, mood app.mood not null default 'sad')`),
  )
  return url
}

const stateOf = (url: string): Promise<string> => session(url, async (c) => fingerprint(await introspect(c, { ...everything, namespaces: ['app'] })))

test.skipIf(!hasPsql())('forward.sql and rollback.sql do under psql what apply and rollback do', async () => {
  const plan = join(folder, 'plan')
  const [applied, run] = [await database(), await database()]
  const start = await stateOf(run)
  await done('plan', '--url', applied, '--schema', declared, '--out', plan)
  const psql = (file: string) => execFileSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', join(plan, file), run], { stdio: 'pipe' })

  await done('apply', plan, '--url', applied, '--yes')
  psql('forward.sql')
  expect(await stateOf(run)).not.toBe(start)
  expect(await stateOf(run)).toBe(await stateOf(applied))

  await done('rollback', plan, '--url', applied, '--yes')
  psql('rollback.sql')
  expect(await stateOf(run)).toBe(start)
  expect(await stateOf(applied)).toBe(start)
})
