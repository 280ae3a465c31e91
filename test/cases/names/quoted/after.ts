import { bigint, enumType, fn, integer, namespace, role, sequence, sql, table, text, view } from 'pgintent'

const app = namespace('Weird "App"')
const long = 'x'.repeat(63)
const reader = role("it's a Role")
const mood = enumType(app, 'Mood', ['a b', "it's", 'c"d'])
const t = table(app, 'select', {
  columns: { Order: bigint().notNull(), 'a b': text().notNull().default("x'y"), group: text(), Mood: mood().default("it's"), [long]: integer() },
  primaryKey: ['Order'],
  checks: { [`${long.slice(1)}c`]: (c) => sql`${c.group!} <> ''` },
  indexes: { [`${long.slice(1)}i`]: [long, 'group'], 'in dex': { on: ['a b'], where: (c) => sql`${c['a b']!} <> ''` } },
  rowSecurity: { policies: { 'my policy': { to: [reader], using: (c) => sql`${c.Order!} > 0` } } },
  grants: [{ to: reader, privileges: ['select'], columns: ['a b'] }],
  comment: 'Quoted',
})
view(app, 'user', { as: sql`select t.${t.columns.Order!}, t.${t.columns.group!} from ${t} t` })
fn(app, 'Do It', { args: { 'In put': integer() }, returns: integer(), body: 'select "In put"' })
sequence(app, 'Seq.uence', { ownedBy: t.columns.Order! })
