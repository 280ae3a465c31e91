import { beforeEach, describe, expect, test } from 'vitest'
import * as p from 'pgintent'
import { objectName } from '../../src/words/names.ts'

const { sql } = p

beforeEach(p.resetDeclared)

describe('sql', () => {
  test('quotes objects and values, nests, and remembers what it speaks of', () => {
    const t = p.table('app', 'Order', { columns: { id: p.integer(), select: p.text() }, primaryKey: ['id'] })
    const f = p.fn('app', 'f', { args: [p.text()], returns: p.integer(), body: 'select 1' })
    const s = sql`select ${t.columns.select} from ${t} where id in (${[1, 2]}) and x = ${"it's"} and ${sql`y = ${f('a', null)}`}`
    expect(s.text).toBe(`select "select" from app."Order" where id in (1, 2) and x = 'it''s' and y = app.f('a', NULL)`)
    expect(s.refs).toEqual(['column:app."Order".select', 'table:app."Order"', 'function:app.f(text)'])
  })

  test('is raw: backslashes are SQL’s own', () => {
    expect(sql`x ~ '^\d{4}$' and y = E'\n' and z = '\`\${'`.text).toBe("x ~ '^\\d{4}$' and y = E'\\n' and z = '`${'")
  })

  test('refuses what is undefined', () => {
    expect(() => sql`a ${undefined as never} b`).toThrow(/sql`a … b`: a value in it is undefined; interpolate/)
  })
})

describe('names', () => {
  test('are cut as PostgreSQL cuts them', () => {
    expect(objectName('t', 'a_b', 'key')).toBe('t_a_b_key')
    expect(Buffer.byteLength(objectName('x'.repeat(60), 'y'.repeat(60), 'fkey'))).toBe(63)
    expect(objectName('x'.repeat(62) + 'é', null, 'pkey')).toBe('x'.repeat(58) + '_pkey')
    expect(objectName('é'.repeat(31), null, 'pkey')).toBe('é'.repeat(29) + '_pkey')
  })

  test('that PostgreSQL would cut are refused', () => {
    expect(() => p.namespace('n'.repeat(64))).toThrow(/has 64 bytes and PostgreSQL cuts names at 63/)
  })
})

describe('a column that is not there', () => {
  const columns = { id: p.uuid() }
  const any = (value: unknown): any => value
  test.each<[string, () => unknown, RegExp]>([
    ['primary key', () => p.table('app', 't', { columns, primaryKey: any(['idd']) }), /^the primary key of app.t: app.t has no column "idd"; use one of id$/],
    ['index', () => p.table('app', 't', { columns, indexes: { i: any(['idd']) } }), /^index i on app.t: app.t has no column "idd"/],
    ['callback', () => p.table('app', 't', { columns, checks: { c: (c) => sql`${any((c as never)['idd'])} > 0` } }), /^table app.t: app.t has no column "idd"/],
    [
      'foreign key',
      () => p.table('app', 't', { columns, foreignKeys: [{ columns: any(['idd']), references: any('self') }] }),
      /^a foreign key of app.t: app.t has no column "idd"/,
    ],
    ['partition key', () => p.table('app', 't', { columns, partitionBy: any(p.range('idd')) }), /^the partition key of app.t: app.t has no column "idd"/],
    ['key', () => p.table('app', 't', { columns }).key(any('idd')), /^app.t.key\(…\): app.t has no column "idd"/],
  ])('in a %s', (_, declare, message) => {
    expect(declare).toThrow(message)
  })
})

describe('months', () => {
  test('start where they are told to and never go', () => {
    process.env['PGINTENT_TODAY'] = '2027-01-31'
    p.table('app', 't', { columns: { at: p.date() }, partitionBy: p.range('at', p.monthly({ from: '2026-12', ahead: 1, retain: '1 month' })) })
    const partitions = [...p.declared().model.objects.values()].filter((o) => o.kind === 'table' && o.attrs['partitionOf'] !== null)
    expect(partitions.map((o) => o.path[1])).toEqual(['t_2026_12', 't_2027_01', 't_2027_02'])
    expect(p.declared().model.objects.get('table:app.t')!.facts).toMatchObject({ partitions: { every: 'month', from: '2026-12', ahead: 1, retain: '1 month' } })
  })

  test('have bounds of version 7', () => {
    expect(p.uuidv7Floor(new Date('2026-01-01T00:00:00Z'))).toBe('019b76da-a800-0000-0000-000000000000')
  })

  test('need a bound that can be told', () => {
    expect(() => p.table('app', 't', { columns: { id: p.uuid() }, partitionBy: p.range('id', p.monthly({ from: '2026-01' })) })).toThrow(
      /cannot tell what a month is in uuid; give bound/,
    )
  })
})

describe('what is declared', () => {
  test('grants add up, and one that says nothing is none', () => {
    const f = p.fn('app', 'f', { returns: 'void', body: '', grants: [{ to: p.publicRole, privileges: ['execute'] }] })
    const t = p.table('app', 't', {
      columns: { id: p.integer() },
      owner: 'boss',
      grants: [
        { to: 'a', privileges: ['select'] },
        { to: ['a', 'boss'], privileges: 'all' },
      ],
    })
    p.grant(t, { to: 'a', privileges: ['select'], grantOption: true })
    p.grant(f, { to: 'a', privileges: ['execute'] })
    const grants = [...p.declared().model.objects.values()].filter((o) => o.kind === 'grant')
    expect(grants.map((o) => o.id).sort()).toEqual(['grant(function:app.f()).a', 'grant(table:app.t).a'])
    expect(grants.find((o) => o.id.includes('table'))!.attrs['privileges']).toMatchObject({ select: true, insert: false, truncate: false })
  })

  test('twice is an error, and a rename is remembered as the database knows it', () => {
    p.table('app', 'new', { columns: { b: p.integer().renamedFrom('a') }, renamedFrom: ['old_app', 'old'] })
    expect(p.declared().renames.map(({ from, to }) => [from, to])).toEqual([
      ['table:old_app.old', 'table:app.new'],
      ['column:old_app.old.a', 'column:app.new.b'],
    ])
    p.table('app', 'new', { columns: {} })
    expect(() => p.declared()).toThrow(/table:app.new: it is declared twice/)
  })

  test('classification is a fact, not an attribute', () => {
    p.table('app', 't', { columns: { name: p.text().classify('pii') } })
    const column = p.declared().model.objects.get('column:app.t.name')!
    expect(column.facts).toEqual({ position: 1, classification: 'pii' })
    expect(Object.keys(column.attrs)).not.toContain('classification')
  })

  test('settings are as the catalogs keep them', () => {
    p.fn('app', 'f', { returns: 'void', body: '', settings: { search_path: '', work_mem: '1MB', enable_seqscan: false } })
    expect(p.declared().model.objects.get('function:app.f()')!.attrs['settings']).toEqual({ search_path: '""', work_mem: '1MB', enable_seqscan: 'off' })
  })
})

test('rows are validated', () => {
  const t = p.table('app', 't', {
    columns: { id: p.integer().identity('always'), state: p.oneOf(['open', 'closed']).notNull().default('open'), note: p.varchar(3), tags: p.text().array().notNull() },
    primaryKey: ['id'],
  })
  expect(p.zodFor(t).safeParse({ id: 1, state: 'open', note: null, tags: ['a'] }).success).toBe(true)
  expect(p.zodFor(t).safeParse({ id: 1, state: 'shut', note: null, tags: ['a'] }).success).toBe(false)
  expect(p.zodFor(t, 'insert').safeParse({ tags: [] }).success).toBe(true)
  expect(p.zodFor(t, 'insert').safeParse({ tags: [], id: 1 }).success).toBe(false)
  expect(p.zodFor(t, 'insert').safeParse({ tags: [], note: 'long' }).success).toBe(false)
})

test('the columns of a table can be listed, and not written', () => {
  p.resetDeclared()
  const t = p.table(p.namespace('listed'), 't', { columns: { id: p.uuid(), name: p.text() } })
  expect(Object.keys(t.columns)).toEqual(['id', 'name'])
  expect(() => Object.assign(t.columns, { more: 1 })).toThrow()
})
