import { integer, namespace, sql, table, text } from 'pgintent'

const app = namespace('app')
const base = table(app, 'base', { columns: { id: integer().notNull(), note: text().notNull().default('none'), added: integer() }, checks: { base_id: (c) => sql`${c.id} > 0` } })
table(app, 'child', { columns: { extra: text() }, inherits: [base] })
