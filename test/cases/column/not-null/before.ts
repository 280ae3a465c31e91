import { integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { a: text(), b: text().notNull(), c: integer() } })
