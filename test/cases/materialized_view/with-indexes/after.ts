import { integer, materializedView, namespace, role, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const reader = role('mv_reader')
const t = table(app, 't', { columns: { id: integer().notNull(), a: text() } })
const m = materializedView(app, 'm', {
  as: sql`select t.id, t.a from ${t} t`,
  indexes: { m_id: { on: ['id'], unique: true }, m_a: ['a'] },
  comment: 'Counts',
  grants: [{ to: reader, privileges: ['select'] }],
})
materializedView(app, 'options_change', { as: sql`select t.id from ${t} t`, options: { fillfactor: 50 }, populated: false })
view(app, 'on_m', { as: sql`select m.id from ${m} m` })
