import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { connect } from '../../src/db/index.ts'
import { openShadow } from '../../src/shadow/index.ts'
import { bundle, runChild } from '../support/child.ts'

const image = process.env['TEST_POSTGRES_IMAGE'] ?? 'postgres:15'
// Testcontainers runs a second image that removes containers, unless it is told not to.
const reaper = process.env['TESTCONTAINERS_RYUK_DISABLED'] === 'true' || images('testcontainers/ryuk')

// Only where an engine runs and the images are there: a test does not pull any.
describe.skipIf(!images(image) || !reaper)('docker', { timeout: 60_000 }, () => {
  test('an image of PostgreSQL', async () => {
    const shadow = await openShadow(`docker:${image}`, { major: 15, extensions: ['plpgsql'] })
    const connection = await connect(shadow.url)
    expect(shadow).toMatchObject({ exclusiveCluster: true, versionNum: connection.versionNum })
    expect(shadow.describe).toContain(image)
    const [row] = await connection.query(`select current_setting('max_locks_per_transaction') as locks, usesuper
      from pg_user where usename = current_user`)
    expect(row).toEqual({ locks: '4096', usesuper: true })
    await connection.close()
    await shadow.close()
  })

  test('an extension that the image lacks', async () => {
    const refused = openShadow(`docker:${image}`, { major: 15, extensions: ['nosuch'] })
    await expect(refused).rejects.toThrow(`shadow "docker:${image}": the extension "nosuch" is not available there`)
  })
})

test('no container engine', { timeout: 60_000 }, async () => {
  const program = await bundle('shadow/open-child.ts')
  const nowhere = { DOCKER_HOST: 'tcp://127.0.0.1:1', HOME: '/nonexistent' }
  await expect(runChild(program, [`docker:${image}`], nowhere)).rejects.toThrow(/no container engine answers; start Docker/)
})

function images(name: string): boolean {
  try {
    return execFileSync('docker', ['images', '-q', name], { stdio: ['ignore', 'pipe', 'ignore'] }).length > 0
  } catch {
    return false
  }
}
