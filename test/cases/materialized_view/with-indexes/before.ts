import { integer, materializedView, namespace, role, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const reader = role('mv_reader')
const t = table(app, 't', { columns: { id: integer().notNull(), a: text() } })
const m = materializedView(app, 'm', {
  as: sql`select t.id from ${t} t`,
  indexes: { m_id: { on: ['id'], unique: true } },
  comment: 'Counts',
  grants: [{ to: reader, privileges: ['select'] }],
})
materializedView(app, 'options_change', { as: sql`select t.id from ${t} t` })
view(app, 'on_m', { as: sql`select m.id from ${m} m` })
