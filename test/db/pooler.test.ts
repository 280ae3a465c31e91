import { spawn, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync, chmodSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkSession, connect } from '../../src/db/index.ts'
import { freePort } from '../support/port.ts'
import { embeddedInstallations, startCluster, type Cluster } from '../../src/shadow/index.ts'

const pooler = find('pgbouncer')
const folder = mkdtempSync(join(tmpdir(), 'pgi-pooler-'))
chmodSync(folder, 0o777)
let cluster: Cluster
beforeAll(async () => {
  cluster = await startCluster(embeddedInstallations()[0]!)
}, 20_000)
afterAll(async () => {
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
})

// Only where PgBouncer is installed: it is not on npm, and a stand-in of our own would prove nothing.
describe.skipIf(pooler === undefined)('PgBouncer', { timeout: 20_000 }, () => {
  test.each([
    ['session', 'session pooler'],
    ['transaction', 'transaction pooler'],
    ['statement', 'transaction pooler'],
    // No second session is to be had, and the answer is the careful one.
    ['session', 'transaction pooler', 1],
    ['transaction', 'transaction pooler', 1],
  ])('in %s mode it is a %s (pool of %s)', async (mode, expected, size = 20) => {
    const port = await freePort()
    const stop = start(mode, port, size)
    try {
      const url = `postgresql://postgres@127.0.0.1:${port}/postgres?sslmode=disable`
      const connection = await patiently(() => connect(url))
      expect(await checkSession(connection)).toBe(expected)
      await connection.close()
    } finally {
      stop()
    }
  })
})

function start(mode: string, port: number, size: number): () => void {
  const file = join(folder, `${mode}.ini`)
  const users = join(folder, 'users.txt')
  writeFileSync(users, '"postgres" ""\n')
  writeFileSync(
    file,
    `[databases]\n* = host=${cluster.dir} port=5432 user=postgres\n[pgbouncer]\nlisten_addr = 127.0.0.1\n` +
      `listen_port = ${port}\nauth_type = any\nauth_file = ${users}\npool_mode = ${mode}\nunix_socket_dir =\n` +
      `default_pool_size = ${size}\nignore_startup_parameters = extra_float_digits\n`,
  )
  // It refuses to run as root, and the server's socket is in a folder of the user that the server runs as.
  const asRoot = process.getuid?.() === 0
  const child = spawn(pooler!, [...(asRoot ? ['-u', 'nobody'] : []), file], { stdio: 'ignore' })
  return () => child.kill('SIGKILL')
}

async function patiently<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act()
    } catch (error) {
      if (tries === 50) throw error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

function find(program: string): string | undefined {
  try {
    return execFileSync('/bin/sh', ['-c', `PATH=$PATH:/usr/sbin command -v ${program}`])
      .toString()
      .trim()
  } catch {
    return undefined
  }
}
