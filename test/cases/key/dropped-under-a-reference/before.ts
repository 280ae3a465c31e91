import { integer, namespace, table } from 'pgintent'

const app = namespace('app')
const users = table(app, 'users', { columns: { id: integer().notNull() }, primaryKey: ['id'] })
table(app, 'posts', { columns: { by: integer() }, foreignKeys: [{ columns: ['by'], references: users }] })
