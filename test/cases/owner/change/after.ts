import { enumType, fn, integer, namespace, role, sequence, serial, sql, table, view } from 'pgintent'

const app = namespace('app')
const one = role('ow_one')
const two = role('ow_two')
const t = table(app, 't', { columns: { id: integer().notNull(), n: serial() }, owner: two })
fn(app, 'f', { returns: integer(), owner: two, body: 'select 1' })
enumType(app, 'mood', ['a'], { owner: two })
view(app, 'v', { as: sql`select t.id from ${t} t`, owner: two })
sequence(app, 's', { owner: one })
