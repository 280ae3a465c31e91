import { expect, test } from 'vitest'
import { declared, namespace, resetDeclared, table, text, uuid } from '../../src/index.ts'
import { columnUnclassified } from '../../src/lint/rules/column-unclassified.ts'
import { Look } from '../../src/lint/look.ts'
import { check } from './check.ts'

check('column-unclassified', {
  'off unless asked for': { sql: 'create table t (id int)', finds: [] },
  'every column, once for all partitions': {
    sql: 'create table t (id int, n int) partition by range (id); create table t1 partition of t for values from (1) to (9)',
    level: 'warn',
    finds: ['column:public.t.id', 'column:public.t.n'],
  },
})

test('a column says it, or its table does for all that do not', () => {
  resetDeclared()
  const app = namespace('app')
  table(app, 'said', { columns: { id: uuid().classify('public'), name: text() } })
  table(app, 'all_said', { classification: 'internal', columns: { id: uuid(), name: text().classify('pii') } })
  const look = new Look(declared().model)
  expect([...columnUnclassified.check({ look } as never)].map((f) => f.object.id)).toEqual(['column:app.said.name'])
  const classes = look.ownColumns().map((c) => [c.id, c.facts?.['classification']])
  expect(Object.fromEntries(classes)).toEqual({
    'column:app.said.id': 'public', 'column:app.said.name': undefined, 'column:app.all_said.id': 'internal', 'column:app.all_said.name': 'pii',
  }) // prettier-ignore
})
