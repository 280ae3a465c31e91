import { enumType, fn, integer, namespace, role, serial, sql, table, view } from 'pgintent'

const app = namespace('app')
const one = role('ow_one')
const two = role('ow_two')
const t = table(app, 't', { columns: { id: integer().notNull(), n: serial() }, owner: one })
fn(app, 'f', { returns: integer(), owner: one, body: 'select 1' })
enumType(app, 'mood', ['a'], { owner: one })
view(app, 'v', { as: sql`select t.id from ${t} t`, owner: one })
