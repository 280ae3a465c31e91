import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { everything, introspect } from '../../src/introspect/index.ts'
import { fingerprint } from '../../src/model/fingerprint.ts'
import { done, session } from '../support/command.ts'
import { testServer, type Major } from '../support/postgres.ts'
import { declared } from './applied.ts'

const folder = mkdtempSync(join(tmpdir(), 'momo-there-and-back-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The journal of the tool stays behind on purpose, and is not part of what is compared. */
const stateOf = (url: string): Promise<string> =>
  session(url, async (c) => {
    const found = await introspect(c, everything)
    return fingerprint({ ...found, objects: new Map([...found.objects].filter(([, o]) => o.path[0] !== 'pgintent')) })
  })

test.each([15, 16, 17, 18] as const)('from an empty database to the whole schema and back, on %i', { timeout: 180_000 }, async (major: Major) => {
  const url = await (await testServer(major)).freshDatabase()
  const empty = await stateOf(url)
  const plan = join(folder, String(major))
  const { out } = await done('plan', '--url', url, '--out', plan, ...declared())
  expect(out).toMatch(/· lossless\n/)
  await done('apply', plan, '--url', url, '--yes')
  await done('drift', '--url', url, ...declared())
  await done('rollback', plan, '--url', url, '--yes')
  expect(await stateOf(url)).toBe(empty)
})
