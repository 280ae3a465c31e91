import { integer, namespace, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const t = table(app, 'users', { columns: { id: integer().notNull(), name: text() }, primaryKey: ['id'] })
view(app, 'names', { as: sql`select u.name from ${t} u` })
