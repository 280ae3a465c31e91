import { integer, namespace, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer().notNull(), a: text(), b: integer() } })
view(app, 'v', { as: sql`select t.* from ${t} t` })
