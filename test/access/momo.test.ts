import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { AccessReport } from '../../src/access/index.ts'
import { schema } from '../support/command.ts'

const config = fileURLToPath(new URL('../../schema.config.ts', import.meta.url))
const folder = fileURLToPath(new URL('../../schema', import.meta.url))

const document = fileURLToPath(new URL('../../docs/access.md', import.meta.url))

test('the MoMo schema gives every actor what access/ says, every attack comes to what it says, and no policy could be spoilt unnoticed', async () => {
  // The day of the committed document: partitions are listed up to it.
  process.env['PGINTENT_TODAY'] = '2026-11-01'
  const { code, out, err } = await schema(
    'test',
    '--config',
    config,
    '--schema',
    folder,
    '--json',
    '--mutants',
    '--out',
    document,
    '--check',
    '--shadow',
    `embedded:${process.env['TEST_PG_MAJOR'] ?? 15}`,
  )
  delete process.env['PGINTENT_TODAY']
  if (out === '') throw new Error(err)
  const report = JSON.parse(out) as AccessReport
  expect(report.findings.map((f) => f.message)).toEqual([])
  expect(code, 'docs/access.md is stale: PGINTENT_TODAY=2026-11-01 schema test --out docs/access.md').toBe(0)
  expect(report.attacks.length).toBeGreaterThan(50)
  expect(report.tried).toBeGreaterThan(2000)
  expect(report.mutants!.made).toBeGreaterThan(400)
  // One explanation, and what gives nobody more is what everybody reads, or what those who may touch a table do anyway.
  expect(report.mutants!.unnoticed).toHaveLength(1)
  expect(report.mutants!.noticed).toBeGreaterThan(350)
}, 300_000)
