import { integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
table(app, 't', {
  columns: { a: integer(), b: integer() },
  checks: {
    t_old: (c) => sql`${c.a} > 0`,
    t_change: (c) => sql`${c.b} > 10`,
    t_own: { check: (c) => sql`${c.a} < 100`, noInherit: true, comment: 'Only here' },
    t_late: { check: (c) => sql`${c.b} < 100`, valid: false },
  },
})
