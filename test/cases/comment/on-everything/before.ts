import { domain, fn, integer, namespace, sequence, sql, table, text } from 'pgintent'

const app = namespace('app')
const f = fn(app, 'f', { returns: 'trigger', language: 'plpgsql', body: 'begin return new; end' })
const t = table(app, 't', {
  comment: 'Old',
  columns: { id: integer().notNull().comment('Goes'), a: text().comment('Changes') },
  primaryKey: ['id'],
  checks: { t_a: (c) => sql`${c.a} <> ''` },
  indexes: { t_a_idx: ['a'] },
  triggers: { tr: { timing: 'before', events: ['insert'], level: 'row', function: f } },
  rowSecurity: { policies: { p: { using: () => sql`true` } } },
})
domain(app, 'd', { as: text(), checks: { d_check: sql`VALUE <> ''` } })
sequence(app, 's', { comment: 'Goes' })
