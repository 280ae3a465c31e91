import { describe, expect, test } from 'vitest'
import { planned } from '../support/check.ts'

const before = `create schema app; create type app.mood as enum ('a', 'b');
  create table app.t (id integer not null primary key, gone text, n bigint, mood app.mood); create table app.more (id integer);
  alter table app.t enable row level security; create policy held on app.t as restrictive using (n > 0)`

interface Declared {
  readonly t?: string
  readonly more?: boolean
  readonly values?: string
  readonly security?: string
}

const declared = ({
  t = 'gone: text(), n: bigint()',
  more = true,
  values = `'a', 'b'`,
  security = 'rowSecurity: { policies: { held: { restrictive: true, using: (c) => sql`${c.n} > 0` } } }',
}: Declared): string =>
  `import { bigint, enumType, integer, namespace, sql, table, text } from 'pgintent'
const app = namespace('app')
const mood = enumType(app, 'mood', [${values}])
table(app, 't', { columns: { id: integer().notNull(), ${t}, mood: mood() }, primaryKey: ['id'], ${security} })
${more ? `table(app, 'more', { columns: { id: integer() } })` : ''}`

const names = (refused: readonly { readonly name: string }[]): string[] => [...new Set(refused.map((r) => r.name))].sort()

describe('destructive changes refuse until they are allowed', () => {
  const cases: readonly (readonly [hazard: string, changed: Declared])[] = [
    ['drop_column', { t: 'n: bigint()' }],
    ['drop_table', { more: false }],
    ['narrow_type', { t: 'gone: text(), n: integer()' }],
    ['enum_value_removed', { values: `'a'` }],
    ['disable_row_security', { security: 'rowSecurity: { enable: false, policies: { held: { restrictive: true, using: (c) => sql`${c.n} > 0` } } }' }],
    ['drop_restrictive_policy', { security: 'rowSecurity: {}' }],
  ]
  test.each(cases)('%s', async (hazard, changed) => {
    expect(names((await planned(before, declared(changed))).refused)).toEqual([hazard])
    expect((await planned(before, declared(changed), [hazard])).refused).toEqual([])
    expect((await planned(before, declared(changed), ['all'])).refused).toEqual([])
    expect(names((await planned(before, declared(changed), ['something_else'])).refused)).toEqual([hazard])
  })

  test('what loses nothing is not refused', async () => {
    const { refused, plan } = await planned(before, declared({ t: 'gone: text(), n: bigint(), added: text()', values: `'a', 'b', 'c'` }))
    expect(refused).toEqual([])
    expect(plan.forward.length).toBeGreaterThan(0)
  })
})

describe('a drop and an add that look like a rename are refused until answered', () => {
  const renamed = declared({ t: 'went: text(), n: bigint()' })

  test('asks', async () => {
    const { refused } = await planned(before, renamed)
    expect(names(refused)).toEqual(['drop_column', 'possible_rename'])
    expect(refused.find((r) => r.name === 'possible_rename')!.sentence).toContain(`renamedFrom: 'gone'`)
  })

  test('is answered by a no', async () => {
    const { refused, plan } = await planned(before, renamed, ['possible_rename', 'drop_column'])
    expect(refused).toEqual([])
    expect(plan.forward.map((s) => s.action)).toContain('drop')
  })

  test('is answered by renamedFrom', async () => {
    const { refused, plan } = await planned(before, declared({ t: `went: text().renamedFrom('gone'), n: bigint()` }))
    expect(refused).toEqual([])
    expect(plan.forward.map((s) => s.sql)).toEqual([['ALTER TABLE app.t RENAME COLUMN gone TO went']])
    expect(plan.rollback.map((s) => s.sql)).toEqual([['ALTER TABLE app.t RENAME COLUMN went TO gone']])
    expect(plan.proof?.verdict).toBe('lossless')
  })

  test('a table with the same columns under another name', async () => {
    const text = declared({ more: false }) + `\ntable(app, 'fewer', { columns: { id: integer() } })`
    expect(names((await planned(before, text)).refused)).toEqual(['drop_table', 'possible_rename'])
  })
})
