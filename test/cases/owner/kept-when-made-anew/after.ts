import { enumType, integer, namespace, publicRole, role, sql, table, view } from 'pgintent'

const app = namespace('app')
const one = role('ok_owner')
const mood = enumType(app, 'mood', ['a', 'c'], { owner: one, grants: [{ to: publicRole, privileges: [] }] })
const t = table(app, 't', { columns: { id: integer().notNull(), mood: mood() }, owner: one })
view(app, 'v', { as: sql`select t.id, t.mood from ${t} t`, owner: one })
