import { namespace, table, text, uuid } from 'pgintent'

const app = namespace('app')
table(app, 'users', { columns: { id: uuid().notNull(), name: text(), nickname: text().comment('What friends say') }, primaryKey: ['id'] })
