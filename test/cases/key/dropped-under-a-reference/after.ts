import { integer, namespace, table } from 'pgintent'

const app = namespace('app')
const users = table(app, 'users', { columns: { id: integer().notNull() }, unique: { users_id_key: ['id'] } })
table(app, 'posts', { columns: { by: integer() }, foreignKeys: [{ columns: ['by'], references: users.key('id') }] })
