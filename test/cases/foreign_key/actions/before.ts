import { integer, namespace, table } from 'pgintent'

const app = namespace('app')
const parent = table(app, 'parent', { columns: { a: integer().notNull(), b: integer().notNull() }, primaryKey: ['a', 'b'] })
table(app, 'child', {
  columns: { id: integer().notNull(), a: integer(), b: integer() },
  foreignKeys: [
    { name: 'fk_all', columns: ['a', 'b'], references: parent },
    { name: 'fk_late', columns: ['a', 'b'], references: parent },
  ],
})
