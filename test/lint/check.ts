import { expect, test } from 'vitest'
import { connect } from '../../src/db/index.ts'
import { everything, introspect } from '../../src/introspect/index.ts'
import { lint, rules, type Level, type Options } from '../../src/lint/index.ts'
import { testServer } from '../support/postgres.ts'

export interface Case {
  readonly sql: string
  /** The ids that are told, in order. */
  readonly finds: readonly string[]
  readonly level?: Level
  readonly options?: Partial<Options>
}

/** Builds each case in a database of its own, and holds a rule to what it finds there. */
export function check(rule: string, cases: Readonly<Record<string, Case>>): void {
  for (const [name, c] of Object.entries(cases)) {
    test(`${rule}: ${name}`, { timeout: 60_000 }, async () => {
      const connection = await connect(await (await testServer()).freshDatabase())
      try {
        await connection.script(c.sql)
        const model = await introspect(connection, everything)
        const only = Object.fromEntries(rules.filter((r) => r.name !== rule).map((r): [string, Level] => [r.name, 'off']))
        const findings = lint(model, c.level === undefined ? only : { ...only, [rule]: c.level }, c.options)
        expect(findings.map((f) => f.id)).toEqual(c.finds)
        for (const f of findings) {
          expect(f.rule).toBe(rule)
          expect(f.message, 'one sentence, without a full stop').toMatch(/^[^\n]+[^.\n]$/)
          expect(f.todo).toMatch(/^[^\n]+[^.\n]$/)
        }
      } finally {
        await connection.close()
      }
    })
  }
}
