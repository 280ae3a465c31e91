import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { testServer } from '../support/postgres.ts'
import type { Case } from './case.ts'
import { runCase } from './run-case.ts'
import { closeServers, poolerProgram } from './servers.ts'

const here = fileURLToPath(new URL('.', import.meta.url))
const names = readdirSync(here).filter((name) => existsSync(join(here, name, 'case.json')))
const read = (name: string): Case => JSON.parse(readFileSync(join(here, name, 'case.json'), 'utf8')) as Case

/** Why a case cannot run on this machine, or null. */
function lacking({ needs }: Case): string | null {
  if (needs === 'pgbouncer' && poolerProgram === undefined) return 'PgBouncer is not installed'
  if (needs === 'unprivileged' && process.getuid?.() === 0) return 'root may read everything'
  return null
}

afterAll(closeServers)

// Some cases wait for a lock or a timeout: they run side by side.
describe.concurrent('errors', () => {
  for (const name of names) {
    const given = read(name)
    const lacks = lacking(given)
    test.skipIf(lacks !== null)(`${name}: ${given.about}${lacks === null ? '' : ` (skipped: ${lacks})`}`, async () => {
      const url = await (await testServer()).freshDatabase()
      const ran = await runCase(given, join(here, name), url)
      golden(join(here, name, 'stderr.txt'), ran.stable(ran.stderr))
      if (ran.after !== null) {
        expect(ran.after.exit, ran.after.stderr).toBe(given.after!.exit)
        golden(join(here, name, 'after.txt'), ran.stable(ran.after.stdout + ran.after.stderr))
      }
      expect(ran.exit, ran.stderr).toBe(given.exit)
      expect(ran.targetAfter).toBe(ran.targetBefore)
      expect(ran.left).toEqual([])
      for (const text of [ran.stdout, ran.stderr]) {
        expect(text).not.toMatch(/^ {4}at /m)
        for (const secret of ran.secrets) expect(text.includes(secret) || text.includes(encodeURIComponent(secret))).toBe(false)
      }
      if (given.args.includes('--json') && ran.stdout !== '') expect(() => JSON.parse(ran.stdout) as unknown).not.toThrow()
      if (typeof given.exit === 'number') expect(ran.stderr).toMatch(/^\S[^]*: [^]+; [^]+\n$/)
    })
  }
})

function golden(path: string, text: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text)
  else expect(text).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '')
}
