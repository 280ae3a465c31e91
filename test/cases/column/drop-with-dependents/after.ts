import { integer, namespace, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer().notNull(), kept: text() }, primaryKey: ['id'], rowSecurity: { policies: { p: { using: (c) => sql`${c.kept} = 'x'` } } } })
view(app, 'v', { as: sql`select t.id from ${t} t` })
