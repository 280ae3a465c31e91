import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { observed, withShop, type Edit } from './run-shop.ts'

const schema = 'schema/shop.ts'
const expected = 'access/expected.ts'
const messages = (report: { findings: readonly { rule: string; message: string }[] }, rule: string): string[] =>
  report.findings.filter((f) => f.rule === rule).map((f) => f.message)

describe.concurrent('schema test', () => {
  test('says what is so, and ends with 0', () =>
    withShop([], async ({ report }) => {
      const found = await report()
      expect(found.findings).toEqual([])
      expect(found.code).toBe(0)
      // A grant on one column, and no key to tell rows by.
      expect(observed(found, 'Notes', 'chief', 'select')).toBe('nothing')
      expect(observed(found, 'Notes', 'chief', 'update')).toBe('denied')
      // Rows that cannot be read are changed without a condition.
      expect(observed(found, 'Notes', 'scribe', 'select')).toBe('denied')
      expect(observed(found, 'Notes', 'stranger', 'delete')).toBe('all')
      expect(observed(found, 'sales', 'chief', 'truncate')).toBe('refused')
      expect(found.tables.find((t) => t.name.includes('Notes'))!.rows).toEqual({ A: 1, 'A/old': 1, B: 1 })
      expect(found.attacks.map((a) => a.ok)).toEqual(found.attacks.map(() => true))
    }))

  test('finds a wrong policy, with the rows that are too many, at the expectation', () =>
    withShop(
      [[schema, "edit: { for: 'update', to: web, using: (c) => sql`${c.tenant} = ${tenant}` }", "edit: { for: 'update', to: web, using: sql`true` }"]],
      async ({ test, report }) => {
        const { code, out } = await test()
        expect(code).toBe(2)
        expect(out).toMatch(/expected\.ts:\d+:1: update on .*"Weird ""Notes""" by "ann": expected own, observed all \(too much: B\)/)
        expect(out).toMatch(/update on .* by "nobody": expected nothing, observed all \(too much: A, B\)/)
        expect(out).toContain('3 errors')
        const cell = (await report()).tables.find((t) => t.name.includes('Notes'))!.cells.find((c) => c.actor === 'ann')!
        expect(cell.operations.find((o) => o.operation === 'update')).toMatchObject({ expected: ['own'], observed: ['all'], rows: 3, ok: false })
        expect((await test('--format', 'github')).out).toMatch(/^::error file=.*expected\.ts,line=\d+,col=1,title=access/)
        expect(JSON.parse((await test('--format', 'sarif')).out).runs[0].results).toHaveLength(3)
        expect((await test('--format', 'junit')).out).toContain('failures="3"')
      },
    ))

  test('finds a hole that only a statement without a condition shows', () =>
    withShop(
      [[schema, "remove: { for: 'delete', to: web, using: (c) => sql`${c.tenant} = ${tenant}` }", "remove: { for: 'delete', to: web, using: sql`true` }"]],
      async ({ report }) => {
        const found = await report()
        expect(observed(found, 'Notes', 'ann', 'select')).toBe('own')
        expect(observed(found, 'Notes', 'ann', 'delete')).toBe('all')
      },
    ))

  const holes: Edit[] = [
    [schema, "partitions: { sales_old: { from: '2020-01-01', to: '2025-01-01' }", "partitions: { sales_old: { from: '2020-01-01', to: '2025-01-01', grants: [{ to: web, privileges: ['select'] }] }"],
    [schema, "columns: ['body'] },\n    // Changes", "columns: ['body', 'secret_enc'] },\n    // Changes"],
    [expected, "hidden('pii', { but: [ann, nobody] })", "hidden('pii', { but: [ann] })"],
    [expected, 'expect: { rows: 0 }, why: \'Row security hides it.\'', 'expect: { rows: 1 }, why: \'Row security hides it.\''],
    [expected, "[chief, { truncate: 'refused' }],", "[chief, { select: 'all' }],"],
  ] // prettier-ignore

  test('finds partitions asked directly, hidden columns read, attacks that come to something else, privileges too many and too few', () =>
    withShop(holes, async ({ report }) => {
      const found = await report()
      expect(found.code).toBe(2)
      expect(messages(found, 'partition-direct')).toEqual([expect.stringMatching(/select on partition .*sales_old by "nobody" reaches A, which .*sales keeps back/)])
      expect(messages(found, 'hidden-column').sort()).toEqual([expect.stringMatching(/^"chief" may read .*secret_enc, which 'pii' hides/), expect.stringMatching(/^"nobody"/)])
      expect(messages(found, 'attack')).toEqual(['attack "the id of another tenant" by "ann": expected 1 row, came to 0 rows'])
      expect(messages(found, 'access')).toEqual([
        expect.stringMatching(/select on .*sales by "chief": expected all, observed denied \(too little: A, B; PostgreSQL says: permission denied for table sales\)/),
        expect.stringMatching(/truncate on .*sales by "chief": expected denied, observed refused \(PostgreSQL says: 55000 kept\)/),
      ])
    }))

  test('says of a table without expectation or rows what was observed, in a form to paste', () =>
    withShop(
      [
        [expected, "access(sales, [\n  [ann, { select: 'own' }],\n  [nobody, { select: 'nothing' }],\n  [chief, { truncate: 'refused' }],\n])", 'void sales'],
        [
          schema,
          'export const sales',
          "table(shop, 'empty', { columns: { id: uuid().notNull() }, primaryKey: ['id'], grants: [{ to: web, privileges: ['select', 'insert'] }] })\nexport const sales",
        ],
      ],
      async ({ report }) => {
        const found = await report()
        expect(found.code).toBe(2)
        expect(found.findings.map((f) => f.rule).sort()).toEqual(['no-expectation', 'no-expectation', 'no-rows'])
        const todo = (table: string): string => found.findings.find((f) => f.rule === 'no-expectation' && f.id.endsWith(table))!.todo
        expect(todo('sales')).toBe(
          "say what is meant; observed: access(sales, [[['ann'], { select: 'own' }], [['nobody'], { select: 'nothing' }], [['chief'], { truncate: 'refused' }]])",
        )
        expect(todo('empty')).toContain("[['ann', 'nobody'], { select: 'granted', insert: 'granted' }]")
        expect(found.findings[0]!.at!.file).toContain('schema/shop.ts')
      },
    ))

  test('writes the matrix as Markdown, and says when it is stale', () =>
    withShop([], async ({ test, folder }) => {
      const file = join(folder, 'access.md')
      expect((await test('--out', file, '--check')).code).toBe(2)
      expect((await test('--out', file)).code).toBe(0)
      const page = readFileSync(file, 'utf8')
      expect(page).toContain('| r own · i own · u own · d own | ann |')
      expect(page).toContain('## Known limits')
      const again = await test('--out', file, '--check')
      expect(again.code).toBe(0)
      expect(again.out).toContain('is up to date')
    }))
})
