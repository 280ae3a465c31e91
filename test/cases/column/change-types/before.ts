import { integer, namespace, table, text, timestamp, varchar } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { id: integer().notNull(), a: integer().default(5), b: varchar(10), c: text(), d: timestamp(), e: text() }, primaryKey: ['id'] })
