import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { parseUrl } from '../../src/db/index.ts'

/** The folder of the server behind a unix socket URL. */
export function socketFolder(url: string): string {
  return parseUrl(url).hosts[0]?.host ?? ''
}

/** The command lines of all processes that mention a folder. */
export function processesOf(folder: string): string[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,args=', '-ww']).toString().split('\n')
  return lines.filter((line) => line.includes(folder))
}

/** Waits until a folder and every process that mentions it are gone; says what is left when they stay. */
export async function waitUntilGone(folder: string, timeoutMs = 10_000): Promise<string[]> {
  const until = Date.now() + timeoutMs
  let left: string[] = []
  do {
    left = [...(existsSync(folder) ? [folder] : []), ...processesOf(folder)]
    if (left.length === 0) return []
    await new Promise((resolve) => setTimeout(resolve, 20))
  } while (Date.now() < until)
  return left
}
