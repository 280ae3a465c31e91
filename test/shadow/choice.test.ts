import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { connect } from '../../src/db/index.ts'
import { UserError } from '../../src/model/error.ts'
import { embeddedInstallations, findPgDump, localInstallations, openShadow } from '../../src/shadow/index.ts'

const wish = (major: number, extensions: string[] = []) => ({ major, extensions })
const local = localInstallations()

describe('which server', { timeout: 20_000 }, () => {
  test.each([
    ['auto', 16, 'embedded PostgreSQL 16.'],
    ['auto', 99, 'embedded PostgreSQL 18.'],
    ['embedded', 17, 'embedded PostgreSQL 17.'],
    ['embedded', 14, 'embedded PostgreSQL 18.'],
    ['embedded:16', 15, 'embedded PostgreSQL 16.'],
  ])('%s for %i', async (spec, major, expected) => {
    const shadow = await openShadow(spec, wish(major))
    await shadow.close()
    expect(shadow.describe).toMatch(expected)
    expect(existsSync(`${shadow.binDir}/postgres`)).toBe(true)
  })

  test.skipIf(local.length === 0)('local', async () => {
    const shadow = await openShadow('local', wish(local[0]!.major))
    const connection = await connect(shadow.url)
    expect(shadow.describe).toBe(`local PostgreSQL ${local[0]!.version}`)
    expect(connection.versionNum).toBe(shadow.versionNum)
    await connection.close()
    await shadow.close()
  })
})

describe('what cannot be had', () => {
  test.each([
    ['embedded:9', /^shadow "embedded:9": no such PostgreSQL server is installed.*"embedded:15".*"docker:postgres:15"/],
    ['local:9', /^shadow "local:9": no such/],
    ['magic', /^shadow "magic": there is no such shadow; use auto, embedded/],
    ['postgre://me:s3cret@h/d', /^shadow "…": there is no such shadow/],
  ])('%s', async (spec, message) => {
    const refused = openShadow(spec, wish(15))
    await expect(refused).rejects.toBeInstanceOf(UserError)
    await expect(refused).rejects.toThrow(message)
  })

  test('an extension that nobody on this machine has', async () => {
    const refused = openShadow('auto', wish(15, ['pgcrypto', 'postgis_nosuch']))
    await expect(refused).rejects.toThrow(/the extension "postgis_nosuch" is not available there; set shadow to "docker:IMAGE"/)
  })
})

test('pg_dump is found by its exact major', async () => {
  for (const { major } of local) {
    const found = await findPgDump(major)
    expect(found === null || existsSync(found)).toBe(true)
  }
  expect(await findPgDump(9)).toBeNull()
})

test('npm’s binaries of all majors are installed', () => {
  expect(embeddedInstallations().map((one) => one.major)).toEqual([18, 17, 16, 15])
})
