import { foreignKey, integer, namespace, table } from 'pgintent'

const app = namespace('app')
const a = table(app, 'a', {
  columns: { id: integer().notNull(), b_id: integer(), parent_id: integer() },
  primaryKey: ['id'],
  foreignKeys: [{ columns: ['parent_id'], references: 'self', onDelete: 'cascade' }],
})
const b = table(app, 'b', { columns: { id: integer().notNull(), a_id: integer() }, primaryKey: ['id'], foreignKeys: [{ columns: ['a_id'], references: a }] })
foreignKey(a, { columns: ['b_id'], references: b, deferrable: true })
