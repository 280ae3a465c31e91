import { integer, namespace, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', {
  columns: { id: integer().notNull(), given: text().renamedFrom('first'), family: text().renamedFrom('last') },
  checks: { t_first: (c) => sql`${c.given} <> ''` },
  indexes: { t_last: ['family'] },
})
view(app, 'v', { as: sql`select t.given as first, t.family as last from ${t} t` })
