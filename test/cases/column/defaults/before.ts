import { integer, namespace, table, text, timestamptz } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { id: integer().notNull(), a: text().default('x'), b: integer().default(1), c: timestamptz() } })
