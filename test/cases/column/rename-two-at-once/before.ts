import { integer, namespace, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer().notNull(), first: text(), last: text() }, checks: { t_first: (c) => sql`${c.first} <> ''` }, indexes: { t_last: ['last'] } })
view(app, 'v', { as: sql`select t.first, t.last from ${t} t` })
