import { enumType, fn, integer, namespace, role, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const one = role('ou_owner')
const t = table(app, 't', { columns: { id: integer().notNull(), a: text() } })
const mood = enumType(app, 'mood', ['a', 'b'], { owner: one })
fn(app, 'f', { args: { n: integer() }, returns: integer(), owner: one, body: 'select n' })
view(app, 'v', { as: sql`select t.id, t.a from ${t} t`, owner: one })
