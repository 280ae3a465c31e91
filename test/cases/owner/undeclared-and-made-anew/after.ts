import { bigint, enumType, fn, integer, namespace, role, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const one = role('ou_owner')
const t = table(app, 't', { columns: { id: integer().notNull(), a: text() } })
const mood = enumType(app, 'mood', ['b', 'a'])
fn(app, 'f', { args: { n: integer() }, returns: bigint(), body: 'select n::bigint' })
view(app, 'v', { as: sql`select t.id from ${t} t` })
