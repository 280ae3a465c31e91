import { describe, expect, test } from 'vitest'
import { everything } from '../../src/introspect/index.ts'
import { introspectionQuery } from '../../src/introspect/query.ts'
import { session } from '../support/command.ts'
import { testServer, type Major } from '../support/postgres.ts'
import { catalogs, type Catalog } from './catalogs.ts'

const majors: readonly Major[] = [15, 16, 17, 18]
const words = (text: string): string[] => text.split(/\s+/).filter((w) => w !== '')
const listed = (c: Catalog): string[] => [...words(c.read), ...Object.keys(c.through ?? {}), ...Object.keys(c.left ?? {}).flatMap(words)]

async function columnsOn(major: Major): Promise<Map<string, string[]>> {
  const server = await testServer(major)
  const rows = await session(server.url, (c) =>
    c.query<{ catalog: string; columns: string[] }>(
      `select c.relname as catalog, array_agg(a.attname::text order by a.attnum) as columns from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where c.relnamespace = 'pg_catalog'::regnamespace and c.relname = any ($1) group by c.relname`,
      [Object.keys(catalogs)],
    ),
  )
  return new Map(rows.map((r) => [r.catalog, r.columns]))
}

describe('nothing is passed over in silence', () => {
  test.each(majors)('every column of the catalogs of PostgreSQL %i is read, or left with a reason', async (major) => {
    const unknown: string[] = []
    for (const [catalog, columns] of await columnsOn(major)) {
      const known = new Set(listed(catalogs[catalog]!))
      unknown.push(...columns.filter((c) => !known.has(c)).map((c) => `${catalog}.${c}`))
    }
    expect(unknown, 'model these columns, or say in catalogs.ts why they do not matter').toEqual([])
  })

  test('what the lists say is so', async () => {
    const query = introspectionQuery(180000, everything)
    const mentions = (word: string): boolean => new RegExp(`\\b${word}\\b`).test(query)
    const wrong: string[] = []
    for (const [name, c] of Object.entries(catalogs)) {
      // pg_roles is the view of pg_authid that everybody may read.
      const catalog = name === 'pg_authid' ? 'pg_roles' : name
      if (c.read !== '' && !mentions(catalog)) wrong.push(`${catalog} is not in the query`)
      wrong.push(
        ...words(c.read)
          .filter((w) => !mentions(w))
          .map((w) => `${name}.${w} is not in the query`),
      )
      wrong.push(
        ...Object.entries(c.through ?? {})
          .filter(([, f]) => !mentions(f))
          .map(([w, f]) => `${name}.${w} is not read through ${f}`),
      )
      const twice = listed(c).filter((w, i, all) => all.indexOf(w) !== i)
      wrong.push(...twice.map((w) => `${name}.${w} is listed twice`))
    }
    expect(wrong).toEqual([])
  })

  test('no list speaks of a column that no version has', async () => {
    const there = new Set<string>()
    for (const major of majors) for (const [catalog, columns] of await columnsOn(major)) for (const c of columns) there.add(`${catalog}.${c}`)
    expect(
      Object.entries(catalogs)
        .flatMap(([name, c]) => listed(c).map((w) => `${name}.${w}`))
        .filter((w) => !there.has(w)),
    ).toEqual([])
  })
})
