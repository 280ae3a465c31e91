import { integer, namespace, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer().notNull(), a: text() } })
view(app, 'v', { as: sql`select t.id, t.a from ${t} t where t.id > 0`, checkOption: 'local' })
view(app, 'w', { as: sql`select t.id from ${t} t`, securityInvoker: true })
