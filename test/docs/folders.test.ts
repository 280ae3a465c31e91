import { expect, test } from 'vitest'
import { writeDocs } from '../../src/docs/index.ts'
import { table } from '../../src/kinds/table/index.ts'
import { modelOf, type Model } from '../../src/model/model.ts'
import { modelsOf } from './model-of.ts'

const sql = `
  create table merchants (id int primary key);
  create table staff (id int primary key, merchant int references merchants);
  create table payments (id int primary key, merchant int references merchants);
  create table refunds (id int primary key, payment int references payments);`

/** The same model, its tables declared in these files. */
function declaredIn(model: Model, files: Record<string, string>): Model {
  const at = (file: string) => ({ file, line: 1, column: 1 })
  return modelOf([...model.objects.values()].map((o) => (o.kind === table.kind ? { ...o, at: at(files[o.path[1]!]!) } : o)))
}

const areas = (model: Model): string[] => [...writeDocs(model).keys()].filter((path) => path.includes('/areas/'))

test('tables that are declared in folders of their own are drawn together', async () => {
  const [model] = await modelsOf(sql)
  const folders = declaredIn(model!, { merchants: 'db/people/merchants.ts', staff: 'db/people/inner/staff.ts', payments: 'db/money/payments.ts', refunds: 'db/money/payments.ts' })
  expect(areas(folders)).toEqual(['public/areas/money.md', 'public/areas/people.md'])
  const money = writeDocs(folders).get('public/areas/money.md')!
  expect(money).toMatch(/^# public: money\n/)
  // What another folder has is a bare box, so that the line to it is there.
  expect(money).toContain('[`public.merchants`](../tables/merchants.md) | [public: people](people.md)')
})

test('one folder tells nothing, and foreign keys decide', async () => {
  const [model] = await modelsOf(sql)
  const flat = declaredIn(model!, { merchants: 'db/a.ts', staff: 'db/b.ts', payments: 'db/c.ts', refunds: 'db/d.ts' })
  expect(areas(flat)).toEqual(areas(model!))
})
