import { describe, expect, test } from 'vitest'
import { withShop, type Edit } from './run-shop.ts'

const schema = 'schema/shop.ts'
const expected = 'access/expected.ts'

/** No row of the shop is another tenant's and empty, so nobody notices when the second condition is gone. */
const survivor: Edit[] = [
  [schema, 'import { bigint', 'import { and, bigint'],
  [schema, "edit: { for: 'update', to: web, using: (c) => sql`${c.tenant} = ${tenant}` }", "edit: { for: 'update', to: web, using: (c) => and(sql`${c.tenant} = ${tenant}`, sql`${c.body} <> ''`) }"],
] // prettier-ignore
const told = `no expectation and no attack notices "Odd ""Shop"""."Weird ""Notes""" policy edit: USING without body <> ''`
const explained: Edit[] = [
  [expected, 'import { access,', 'import { unnoticed, access,'],
  [expected, "hidden('pii'", "unnoticed(/Notes.* policy edit: USING without body/, { why: 'Nobody empties a note.' })\nhidden('pii'"],
]

describe.concurrent('schema test --mutants', () => {
  test('every policy of the shop is noticed', () =>
    withShop([], async ({ report }) => {
      const { code, mutants, findings } = await report('--mutants')
      expect(findings).toEqual([])
      expect(code).toBe(0)
      expect(mutants).toMatchObject({ unnoticed: [] })
      expect(mutants!.made).toBeGreaterThan(15)
      expect(mutants!.noticed + mutants!.nothingToGive.length).toBe(mutants!.made)
    }))

  test('names the one that nothing notices, at the place of its policy, and what to do', () =>
    withShop(survivor, async ({ test, report }) => {
      const { code, out } = await test('--mutants')
      expect(code).toBe(2)
      expect(out).toMatch(/shop\.ts:\d+:\d+: no expectation and no attack notices .*policy edit: USING without body <> ''; declare rows or an attack/)
      expect(out).toMatch(/mutants: \d+ made, \d+ noticed, 1 not noticed/)
      const found = await report('--mutants')
      expect(found.findings.map((f) => f.message)).toEqual([told])
      // Without being asked nothing is spoilt.
      expect(await report()).toMatchObject({ code: 0, mutants: null, findings: [] })
    }))

  test('takes an explanation for it, prints that, and finds one that explains nothing', () =>
    withShop([...survivor, ...explained], async ({ test, report }) => {
      const { code, out } = await test('--mutants')
      expect(out).toContain("policy edit: USING without body <> ''   unnoticed: Nobody empties a note.")
      expect(code).toBe(0)
      expect((await report()).unnoticed).toEqual([expect.objectContaining({ why: 'Nobody empties a note.' })])
    }).then(() =>
      withShop(explained, async ({ report }) => {
        const { code, findings } = await report('--mutants')
        expect(code).toBe(2)
        expect(findings.map((f) => [f.rule, f.message])).toEqual([['unnoticed', expect.stringContaining('no mutant goes unnoticed that /Notes')]])
      }),
    ))

  test('an attack notices what no row shows', () =>
    withShop(
      [
        ...survivor,
        [expected, "attack('a setting'", "attack('an empty note', { as: ann, transactions: [{ context: false, sql: [sql`set transaction read write`, sql`select set_config('shop.tenant', ${a}, true)`, sql`update ${notes} set body = ''`], expect: { error: '42501' } }], why: 'A note says something.' })\nattack('a setting'"],
      ],
      async ({ report }) => expect(await report('--mutants')).toMatchObject({ code: 0, findings: [] }),
    )) // prettier-ignore

  test('is not asked of a declaration that is not met', () =>
    withShop([[expected, "[chief, { truncate: 'refused' }],", "[chief, { select: 'all' }],"]], async ({ test, report }) => {
      expect((await test('--mutants')).out).toContain('mutants: none made, as what is declared is not so')
      expect(await report('--mutants')).toMatchObject({ code: 2, mutants: null })
    }))
})
