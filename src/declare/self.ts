import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * The module that the import `pgintent` means: the built entry beside this file when built, the source when running from
 * source. Only URLs are returned, because a declaration may lie on another drive.
 */
export function ownEntry(from: string = import.meta.url): string {
  const candidates = from.endsWith('.ts') ? ['../index.ts'] : ['./index.js', '../index.js', '../dist/index.js']
  const found = candidates.map((c) => new URL(c, from)).find((u) => existsSync(fileURLToPath(u)))
  if (found === undefined) throw new Error(`the entry of pgintent is not beside ${from}`)
  return found.href
}
