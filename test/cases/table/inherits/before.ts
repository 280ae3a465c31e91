import { integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
const base = table(app, 'base', { columns: { id: integer().notNull(), note: text() } })
table(app, 'child', { columns: { extra: text() }, inherits: [base] })
