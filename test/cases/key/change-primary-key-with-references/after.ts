import { integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
const users = table(app, 'users', { columns: { id: integer().notNull(), code: text().notNull() }, primaryKey: ['code'], unique: { users_id: ['id'] } })
table(app, 'posts', { columns: { user_id: integer() }, foreignKeys: [{ columns: ['user_id'], references: users.key('id') }] })
