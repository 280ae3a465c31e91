import { integer, namespace, table, text, tstzrange } from 'pgintent'

const app = namespace('app')
table(app, 'users', { columns: { id: integer().notNull(), email: text(), during: tstzrange() }, primaryKey: ['id'] })
