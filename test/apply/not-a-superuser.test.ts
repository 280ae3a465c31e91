import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { everything, introspect } from '../../src/introspect/index.ts'
import { fingerprint } from '../../src/model/fingerprint.ts'
import { done, schema, session } from '../support/command.ts'
import { testServer, type Major } from '../support/postgres.ts'

const declared = (name: string): string => fileURLToPath(new URL(`./declared/${name}.ts`, import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pgintent-lend-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A database of its own for a user who may make roles and nothing more, as managed services have it. */
async function managed(major: Major): Promise<{ url: string; superuser: string }> {
  const superuser = await (await testServer(major)).freshDatabase()
  const database = new URL(superuser).pathname.slice(1)
  await session(superuser, async (c) => {
    await c.script(`do $$ begin if to_regrole('lend_admin') is null then create role lend_admin login createrole; end if; end $$; alter database ${database} owner to lend_admin`)
    await c.script(`alter role lend_admin password 'only-for-tests'`)
  })
  const url = new URL(superuser)
  url.username = 'lend_admin'
  url.password = 'only-for-tests'
  return { url: url.toString(), superuser }
}

const stateOf = (url: string): Promise<string> =>
  session(url, async (c) => fingerprint(await introspect(c, { ...everything, namespaces: ['lend'], roles: ['Lend "Owner"', 'lend_poster'] })))

test.each([15, 18] as const)('who only owns the database and may make roles applies and rolls back, on %i', async (major) => {
  const { url } = await managed(major)
  const empty = await stateOf(url)
  const plan = join(folder, `plan-${major}`)
  const { out } = await done('plan', '--url', url, '--schema', declared('owned'), '--out', plan)
  expect(out).toContain('while it runs, and no longer: GRANT "Lend ""Owner""" TO CURRENT_USER; GRANT lend_poster TO CURRENT_USER; GRANT CREATE ON SCHEMA lend TO lend_poster')
  await done('apply', plan, '--url', url, '--yes')
  await done('drift', '--url', url, '--schema', declared('owned'))
  const left = await session(url, (c) =>
    c.query<{ usable: boolean; creates: boolean }>(
      `select pg_has_role(current_user, 'Lend "Owner"', 'USAGE') as usable, has_schema_privilege('lend_poster', 'lend', 'CREATE') as creates`,
    ),
  )
  expect(left).toEqual([{ usable: false, creates: false }])
  await done('rollback', '--last', '--url', url, '--yes')
  expect(await stateOf(url)).toBe(empty)
})

test('a plan that a superuser made is refused to one who is none before anything runs', async () => {
  const { url, superuser } = await managed(15)
  const plan = join(folder, 'plan-of-superuser')
  await done('plan', '--url', superuser, '--schema', declared('owned'), '--out', plan)
  expect(readFileSync(join(plan, 'forward.sql'), 'utf8')).not.toContain('CURRENT_USER')
  const refused = await schema('apply', plan, '--url', url, '--yes')
  expect(refused.code).not.toBe(0)
  expect(refused.err).toContain('role lend_admin: the plan gives things to Lend "Owner", of which it is no member; GRANT Lend "Owner" TO lend_admin; or, if')
})

test('what only a superuser may do is named by the plan', async () => {
  const { url } = await managed(15)
  const { out } = await done('plan', '--url', url, '--schema', declared('beyond'))
  expect(out).toContain('beyond the rights of this user: step create event_trigger:lend_watch: an event trigger is for superusers')
})
