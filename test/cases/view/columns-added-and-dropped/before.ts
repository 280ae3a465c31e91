import { integer, namespace, role, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const reader = role('vi_reader')
const t = table(app, 't', { columns: { id: integer().notNull(), a: text(), b: text() } })
const wide = view(app, 'wide', { as: sql`select t.id, t.a from ${t} t` })
const narrow = view(app, 'narrow', { as: sql`select t.id, t.a, t.b from ${t} t`, comment: 'Narrow', grants: [{ to: reader, privileges: ['select'] }] })
view(app, 'upon', { as: sql`select n.id from ${narrow} n`, columnComments: { id: 'The id' } })
