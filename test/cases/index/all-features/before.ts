import { desc, extension, integer, jsonb, namespace, table, text, timestamptz } from 'pgintent'

const app = namespace('app')
extension('pg_trgm', { namespace: app })
const columns = { id: integer().notNull(), name: text(), tags: text().array(), doc: jsonb(), at: timestamptz() }
table(app, 't', { columns, indexes: { t_name: ['name'], t_gone: ['at'], t_desc: { on: [desc('at')] }, t_fill: { on: ['id'], options: { fillfactor: 70 } } } })
