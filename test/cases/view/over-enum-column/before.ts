import { enumType, integer, namespace, sql, table, view } from 'pgintent'

const app = namespace('app')
const mood = enumType(app, 'mood', ['a', 'b', 'c'])
const t = table(app, 't', { columns: { id: integer().notNull(), mood: mood() }, rowSecurity: { policies: { p: { using: (c) => sql`${c.mood} IS NOT NULL` } } } })
const v = view(app, 'v', { as: sql`select t.mood from ${t} t` })
view(app, 'w', { as: sql`select v.mood::text as mood from ${v} v` })
