import { integer, namespace, table } from 'pgintent'

const app = namespace('app')
const parent = table(app, 'parent', { columns: { id: integer().notNull() }, primaryKey: ['id'] })
table(app, 'child', {
  columns: { a: integer(), b: integer() },
  foreignKeys: [
    { name: 'fk_a', columns: ['a'], references: parent },
    { name: 'fk_b', columns: ['b'], references: parent, valid: false, comment: 'Old rows break it' },
  ],
})
