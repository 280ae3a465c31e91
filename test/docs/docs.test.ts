import { existsSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { writeDocs } from '../../src/docs/index.ts'
import { foreignKey } from '../../src/kinds/foreign_key/index.ts'
import { table } from '../../src/kinds/table/index.ts'
import { modelOf, type Model } from '../../src/model/model.ts'
import { diagramsOf, drawn, unreadable } from './diagrams.ts'
import { modelsOf } from './model-of.ts'
import { shop } from './shop.ts'

const many = `create table hub (id int primary key); ${Array.from({ length: 95 }, (_, i) => `create table t${i} (id int primary key, hub int not null references hub, other int references ${i % 9 === 0 ? 'hub' : `t${i - 1}`});`).join('')}`
const corpus = process.env['CORPUS']
const real = (name: string): Record<string, string> =>
  corpus !== undefined && existsSync(`${corpus}/real/${name}.sql`) ? { [name]: readFileSync(`${corpus}/real/${name}.sql`, 'utf8') } : {}
const schemas: Record<string, string> = { shop, many, nothing: '', ...real('pagila'), ...real('chado_1_4') }

/** The same objects in another order. Columns keep theirs: it is a part of the table. */
function shuffled(model: Model): Model {
  const objects = [...model.objects.values()]
  return modelOf(
    objects
      .map((o, i) => ({ o, at: (i * 7919) % objects.length }))
      .sort((a, b) => a.at - b.at)
      .map(({ o }) => o),
    model.version,
  )
}

describe.each(Object.entries(schemas))('%s', (_, sql) => {
  let model: Model
  let pages: Map<string, string>
  const areas = (): string[] => [...pages].filter(([path]) => path.includes('/areas/')).flatMap(([, page]) => diagramsOf(page))

  test('is written, the same twice and whatever the order of objects', { timeout: 120_000 }, async () => {
    ;[model] = (await modelsOf(sql)) as [Model]
    pages = writeDocs(model, { title: 'T' })
    expect([...writeDocs(model, { title: 'T' })]).toEqual([...pages])
    expect([...writeDocs(shuffled(model), { title: 'T' })]).toEqual([...pages])
  })

  test('every link leads to a page', () => {
    for (const [path, page] of pages) {
      for (const [, target] of page.matchAll(/\]\(([^)]+)\)/g)) expect([...pages.keys()], `${target} in ${path}`).toContain(posix.join(posix.dirname(path), decodeURI(target!)))
    }
  })

  test('every table is drawn with its rows in one area, partitions in none', () => {
    const full = areas().flatMap((d) => [...drawn(d).full, ...[...drawn(d).entities].filter((e) => !drawn(d).full.has(e))].filter((e, i, all) => all.indexOf(e) === i))
    const tables = [...model.objects.values()].filter((o) => o.kind === table.kind)
    const roots = tables.filter((t) => (t.attrs as { partitionOf: unknown }).partitionOf === null)
    const label = (path: readonly string[]): string => path.join('.').replaceAll('"', '#quot;').replaceAll(/%/g, '#37;').replace('#lt;', '#35;lt;')
    for (const t of roots) expect(full, t.id).toContain(label(t.path))
    for (const t of tables) if (!roots.includes(t)) expect(full).not.toContain(label(t.path))
    const rows = areas().flatMap((d) => [...drawn(d).full])
    expect(new Set(rows).size).toBe(rows.length)
  })

  test('every foreign key is a relation', () => {
    const relations = areas().flatMap((d) => drawn(d).relations)
    const keys = [...model.objects.values()].filter((o) => o.kind === foreignKey.kind)
    const rootOf = (path: readonly string[]): string => {
      const of = (model.objects.get(`table:${path.slice(0, 2).join('.')}`)?.attrs as { partitionOf: { table: string[] } | null } | undefined)?.partitionOf
      return of ? rootOf(of.table) : path.slice(0, 2).join('.')
    }
    for (const key of keys.filter((k) => /^\w+$/.test(k.path[0]!))) {
      const a = key.attrs as { columns: string[]; table: string[] }
      const line = relations.filter((r) => r.startsWith(`${rootOf(a.table)} `) && r.endsWith(` ${rootOf(key.path)}: ${a.columns.join(', ')}`))
      expect(line.length, key.id).toBeGreaterThan(0)
    }
    const distinct = new Set(
      keys.map(
        (k) =>
          `${rootOf(k.path)} ${JSON.stringify([(k.attrs as { columns: string[] }).columns, rootOf((k.attrs as { table: string[] }).table), (k.attrs as { references: string[] }).references])}`,
      ),
    )
    expect(relations).toHaveLength(distinct.size)
  })

  test('diagrams are readable, by Mermaid and by people', () => {
    for (const diagram of areas()) {
      expect(unreadable(diagram)).toEqual([])
      expect(drawn(diagram).entities.size).toBeLessThanOrEqual(14)
    }
    for (const diagram of diagramsOf(pages.get('README.md')!)) {
      expect(diagram.match(/^ {4}\w+\[/gm)!.length).toBeLessThanOrEqual(48)
      expect(diagram.match(/^ {2}subgraph /gm)!.length).toBe(diagram.match(/^ {2}end$/gm)!.length)
    }
  })
})

test('a table’s page says everything about it', { timeout: 120_000 }, async () => {
  const [model] = await modelsOf(shop)
  const pages = writeDocs(model!, { title: 'Shop' })
  await expect(pages.get('shop/tables/orders.md')).toMatchFileSnapshot('golden/orders.md.golden')
  await expect(pages.get('shop/areas/customers.md')).toMatchFileSnapshot('golden/customers.md.golden')
  await expect(pages.get('README.md')).toMatchFileSnapshot('golden/README.md.golden')
  const namespace = pages.get('shop/README.md')!
  for (const part of [
    "`'open'`, `'it''s \\| paid'`",
    '`(VALUE >= 0)`',
    '**security definer**, `search_path=shop, pg_temp`',
    'Whose rows these are.',
    "Reads with the caller's rights",
    '`totals_tenant_id_idx`',
  ])
    expect(namespace).toContain(part)
  expect(pages.get('shop/tables/counters.md')).toMatch(/counters_2`.*\n.*counters_10`.*\n.*counters_rest` \| `DEFAULT`/)
})

test('with very many tables the overview shows areas', { timeout: 120_000 }, async () => {
  const [model] = await modelsOf(many)
  const page = writeDocs(model!).get('README.md')!
  expect(diagramsOf(page)[0]).toMatch(/^ {4}area\d+\["[\w ]+ \(\d+\)"\]$/m)
  expect(page).toMatch(/\(from \d+ areas\) are left out of the picture/)
})
