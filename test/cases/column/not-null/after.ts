import { integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { a: text().notNull(), b: text(), c: integer().notNull().default(0) } })
