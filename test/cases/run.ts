import { join } from 'node:path'
import { describe, test } from 'vitest'
import { casesFolder, caseNames, check } from '../support/check.ts'

/** One part of all cases: the runner gives each file a process of its own, so parts run beside each other. */
export function runCases(part: number, parts: number): void {
  describe('cases', () => {
    for (const name of caseNames().filter((_, i) => i % parts === part)) test(name, () => check(join(casesFolder, name)))
  })
}
