import { bigint, integer, materializedView, namespace, sql, table, view } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', {
  columns: { id: integer().notNull(), n: bigint(), doubled: bigint().generated((c) => sql`(${c.n!} * 2)`) },
  primaryKey: ['id'],
  checks: { t_n: (c) => sql`${c.n} > 0` },
  indexes: { t_n_idx: ['n'], t_expr: { on: [sql`(n + 1)`], where: (c) => sql`${c.n} > 5` } },
  rowSecurity: { policies: { positive: { using: (c) => sql`${c.n} > 0` } } },
})
const v = view(app, 'v', { as: sql`select t.id, t.n from ${t} t`, comment: 'Numbers' })
view(app, 'vv', { as: sql`select v.n from ${v} v` })
materializedView(app, 'mv', { as: sql`select t.n from ${t} t`, indexes: { mv_n: ['n'] } })
