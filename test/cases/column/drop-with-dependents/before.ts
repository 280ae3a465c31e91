import { integer, namespace, serial, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', {
  columns: { id: integer().notNull(), gone: text(), kept: text(), code: serial() },
  primaryKey: ['id'],
  unique: { t_gone_key: ['gone'] },
  checks: { t_both: (c) => sql`${c.gone} <> ${c.kept}` },
  indexes: { t_gone: ['gone', 'kept'] },
  rowSecurity: { policies: { p: { using: (c) => sql`${c.gone} = 'x'` } } },
})
view(app, 'v', { as: sql`select t.id, t.gone from ${t} t` })
