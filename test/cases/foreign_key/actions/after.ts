import { integer, namespace, table } from 'pgintent'

const app = namespace('app')
const parent = table(app, 'parent', { columns: { a: integer().notNull(), b: integer().notNull() }, primaryKey: ['a', 'b'] })
table(app, 'child', {
  columns: { id: integer().notNull(), a: integer(), b: integer().default(0) },
  foreignKeys: [
    { name: 'fk_all', columns: ['a', 'b'], references: parent, onDelete: 'set null', onDeleteColumns: ['b'], onUpdate: 'cascade' },
    { name: 'fk_late', columns: ['a', 'b'], references: parent, deferrable: true, deferred: true },
    { name: 'fk_full', columns: ['a', 'b'], references: parent, match: 'full', onDelete: 'set default', onUpdate: 'restrict' },
  ],
})
