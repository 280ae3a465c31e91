import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect } from 'vitest'
import type { Merchant } from '../support/world.ts'
import { stage } from './stage.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const bundle = `${root}/.cache/concurrency-worker.mjs`
let built: Promise<unknown> | undefined

export interface Worker {
  /** What it said so far. */
  readonly lines: readonly string[]
  tell(line: string): void
  /** Waits until it has said a line that begins so. */
  hear(start: string): Promise<void>
  /** SIGKILL, and then until the server has noticed: its session is gone. */
  kill(): Promise<void>
}

/** Starts worker.ts as a process of its own, for the owner of a merchant. */
export async function startWorker(merchant: Merchant): Promise<Worker> {
  const { world } = stage
  // Node 20 runs no TypeScript.
  built ??= build({ entryPoints: [fileURLToPath(new URL('worker.ts', import.meta.url))], bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile: bundle })
  await built
  const { user, device } = merchant.staff.owner
  const child = spawn(process.execPath, [bundle, world.url, merchant.id, user, device], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines: string[] = []
  createInterface(child.stdout).on('line', (line) => lines.push(line))
  const hear = async (start: string): Promise<void> => {
    for (let n = 0; !lines.some((l) => l.startsWith(start)); n++) {
      expect(n, `the worker says ${start}`).toBeLessThan(2_000)
      expect(child.exitCode).toBe(null)
      await pause(5)
    }
  }
  const closed = once(child, 'close')
  await hear('pid ')
  const pid = Number(lines[0]!.slice(4))
  return {
    lines,
    hear,
    tell: (line) => void child.stdin.write(`${line}\n`),
    kill: async () => {
      child.kill('SIGKILL')
      await closed
      expect(child.signalCode).toBe('SIGKILL')
      for (let n = 0; (await world.admin.query('select from pg_stat_activity where pid = $1', [pid])).length > 0; n++) {
        expect(n, 'the server notices').toBeLessThan(1_000)
        await pause(5)
      }
    },
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
