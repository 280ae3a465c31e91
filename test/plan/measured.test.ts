import { expect, test } from 'vitest'
import type { Planned } from '../../src/cli/pipeline.ts'
import { planned } from '../support/check.ts'

const before = `create schema app; create table app.t (id integer not null primary key, n integer, status text);
  create table app.parent (id integer not null primary key)`

const declared = (columns: string, more = ''): string => `import { bigint, doublePrecision, foreignKey, integer, namespace, sql, table, text } from 'pgintent'
const app = namespace('app')
const parent = table(app, 'parent', { columns: { id: integer().notNull() }, primaryKey: ['id'] })
const t = table(app, 't', { columns: { id: integer().notNull(), n: integer(), status: text(), ${columns} }, primaryKey: ['id'], ${more} })`

/** What was measured of the step that is about an object, on the way there. */
function seen({ plan }: Planned, id: string) {
  const i = plan.forward.findIndex((s) => s.id === id || s.carries.includes(id))
  expect(i, `${id} is a step of its own`).toBeGreaterThanOrEqual(0)
  const o = plan.proof!.forward[i]!
  return { lock: o.locks.find((l) => l.relation === 'app.t')?.mode, rewrites: o.rewrites.includes('app.t'), scans: o.scans.includes('app.t') }
}

test('a volatile default rewrites the table under ACCESS EXCLUSIVE, a constant one does not', async () => {
  const volatile = await planned(before, declared('r: doublePrecision().notNull().default(sql`random()`)'))
  expect(seen(volatile, 'column:app.t.r')).toMatchObject({ lock: 'ACCESS EXCLUSIVE', rewrites: true })
  const constant = await planned(before, declared('r: doublePrecision().notNull().default(5)'))
  expect(seen(constant, 'column:app.t.r')).toEqual({ lock: 'ACCESS EXCLUSIVE', rewrites: false, scans: false })
})

test('a validated check reads the whole table, one that is NOT VALID nothing', async () => {
  const validated = await planned(before, declared('', 'checks: { t_n: (c) => sql`${c.n} > 0` }'))
  const steps = validated.plan.forward.flatMap((s, i) => (s.id === 'check:app.t.t_n' ? [validated.plan.proof!.forward[i]!] : []))
  expect(steps.some((o) => o.scans.includes('app.t'))).toBe(true)
  const late = await planned(before, declared('', 'checks: { t_n: { check: (c) => sql`${c.n} > 0`, valid: false } }'))
  expect(seen(late, 'check:app.t.t_n')).toMatchObject({ rewrites: false, scans: false })
})

test('a longer type of another width rewrites, a longer text does not', async () => {
  const text = declared('').replace('n: integer()', 'n: bigint()')
  expect(seen(await planned(before, text), 'column:app.t.n')).toMatchObject({ rewrites: true })
  const varchar = 'create schema app; create table app.parent (id integer primary key); create table app.t (id integer primary key, n integer, status varchar(10))'
  expect(seen(await planned(varchar, declared('')), 'column:app.t.status')).toMatchObject({ lock: 'ACCESS EXCLUSIVE', rewrites: false, scans: false })
})

test('a foreign key locks both tables', async () => {
  const { plan } = await planned(before, `${declared('')}\nforeignKey(t, { columns: ['n'], references: parent })`)
  const locked = plan.forward.flatMap((s, i) => (s.id.startsWith('foreign_key:') ? plan.proof!.forward[i]!.locks.map((l) => l.relation) : []))
  expect(new Set(locked)).toEqual(new Set(['app.parent', 'app.t']))
})
