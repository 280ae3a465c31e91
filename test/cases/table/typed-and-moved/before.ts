import { compositeType, integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
const shape = compositeType(app, 'shape', { x: integer(), y: text() })
const other = namespace('other')
table(app, 'plain', { columns: { x: integer(), y: text() } })
table(app, 'moving', { columns: { id: integer().notNull() }, primaryKey: ['id'], comment: 'Moves' })
