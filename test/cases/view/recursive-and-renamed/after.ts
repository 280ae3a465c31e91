import { integer, namespace, sql, table, view } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer().notNull(), parent: integer() } })
view(app, 'forest', {
  renamedFrom: 'tree',
  as: sql`with recursive r as (select t.id, t.parent from ${t} t where t.parent is null union all select t.id, t.parent from ${t} t join r on r.id = t.parent) select r.id from r`,
})
