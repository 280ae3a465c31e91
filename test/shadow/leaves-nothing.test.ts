import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShadow } from '../../src/shadow/index.ts'
import { bundle, runChild } from '../support/child.ts'
import { processesOf, socketFolder, waitUntilGone } from '../support/processes.ts'

let program: string
beforeAll(async () => {
  program = await bundle('shadow/open-child.ts')
})

describe('a run that ends in whatever way leaves no process and no folder', { timeout: 20_000 }, () => {
  test.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)('%s', async (signal) => {
    const child = await runChild(program, ['embedded', '15'])
    const folder = socketFolder(child.line)
    expect(existsSync(folder)).toBe(true)
    expect(processesOf(folder).length).toBeGreaterThan(1)
    child.process.kill(signal)
    // Ends only when nobody holds the child's output open: a parent that waits for it does not hang.
    await child.closed
    expect(await waitUntilGone(folder)).toEqual([])
  })

  test('a program that never closes its shadow', async () => {
    const child = await runChild(program, ['embedded', '15', 'exit'])
    await child.closed
    expect(child.process.exitCode).toBe(0)
    expect(await waitUntilGone(socketFolder(child.line))).toEqual([])
  })
})

test('killed at any moment of its start', { timeout: 30_000 }, async () => {
  const cache = mkdtempSync(join(tmpdir(), 'pgi-'))
  chmodSync(cache, 0o755)
  const env = { ...process.env, PGINTENT_CACHE: cache }
  const first = await runChild(program, ['embedded', '15', 'exit'], env)
  await first.closed
  for (let delay = 60; delay <= 260; delay += 20) {
    const child = spawn(process.execPath, [program, 'embedded', '15'], { env, stdio: 'ignore' })
    await new Promise((resolve) => setTimeout(resolve, delay))
    child.kill('SIGKILL')
  }
  await expect.poll(() => processesOf(cache), { timeout: 10_000 }).toEqual([])
  expect(readdirSync(join(cache, 'runs'))).toEqual([])
  rmSync(cache, { recursive: true })
})

describe('the next run sweeps', { timeout: 20_000 }, () => {
  const cache = mkdtempSync(join(tmpdir(), 'pgi-'))
  afterAll(() => rmSync(cache, { recursive: true, force: true }))

  test('folders of dead processes, after a minute, and nothing else', async () => {
    chmodSync(cache, 0o755)
    const runs = join(cache, 'runs')
    const old = new Date(Date.now() - 3_600_000)
    // The largest process id that Linux gives is 4194304.
    for (const name of ['run-4194304001-aaaa', 'draft-4194304001-aaaa', `run-${process.pid}-bbbb`, 'unknown']) {
      mkdirSync(join(runs, name, 'data'), { recursive: true })
      utimesSync(join(runs, name), old, old)
    }
    mkdirSync(join(runs, 'run-4194304001-fresh'))
    const child = await runChild(program, ['embedded', '15'], { PGINTENT_CACHE: cache })
    child.process.stdin!.end()
    await child.closed
    const names = readdirSync(runs)
    expect(names.sort()).toEqual(['run-4194304001-fresh', `run-${process.pid}-bbbb`, 'unknown'].sort())
  })
})

test('close may be called twice', { timeout: 20_000 }, async () => {
  const shadow = await openShadow('embedded', { major: 15, extensions: [] })
  await Promise.all([shadow.close(), shadow.close()])
  await shadow.close()
})
