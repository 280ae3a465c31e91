import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { AccessReport } from '../../src/access/index.ts'
import { schema } from '../support/command.ts'

const config = fileURLToPath(new URL('../../schema.config.ts', import.meta.url))
const folder = fileURLToPath(new URL('../../schema', import.meta.url))

/** A table that has just been declared has nothing in `access/` yet; `schema test` says so, and ends with 2. */
const notYet = new Set(['no-expectation', 'no-rows'])

test('the MoMo schema gives every actor what access/ says, and every attack comes to what it says', async () => {
  const { out, err } = await schema('test', '--config', config, '--schema', folder, '--json', '--shadow', `embedded:${process.env['TEST_PG_MAJOR'] ?? 15}`)
  if (out === '') throw new Error(err)
  const report = JSON.parse(out) as AccessReport
  expect(report.findings.filter((f) => !notYet.has(f.rule)).map((f) => f.message)).toEqual([])
  expect(report.attacks.length).toBeGreaterThan(50)
  expect(report.tried).toBeGreaterThan(2000)
})
