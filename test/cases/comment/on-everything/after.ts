import { comment, domain, fn, integer, namespace, sequence, sql, table, text } from 'pgintent'

const app = namespace('app')
const f = fn(app, 'f', { returns: 'trigger', language: 'plpgsql', body: 'begin return new; end' })
const t = table(app, 't', {
  comment: "New, and it's \\ odd\nwith two lines",
  columns: { id: integer().notNull(), a: text().comment('Changed') },
  primaryKey: { on: ['id'], comment: 'Key' },
  checks: { t_a: { check: (c) => sql`${c.a} <> ''`, comment: 'Check' } },
  indexes: { t_a_idx: { on: ['a'], comment: 'Index' } },
  triggers: { tr: { timing: 'before', events: ['insert'], level: 'row', function: f, comment: 'Trigger' } },
  rowSecurity: { policies: { p: { using: () => sql`true`, comment: 'Policy' } } },
})
domain(app, 'd', { as: text(), checks: { d_check: { check: sql`VALUE <> ''`, comment: 'Domain check' } }, comment: 'Domain' })
sequence(app, 's')
comment(f, 'Function')
