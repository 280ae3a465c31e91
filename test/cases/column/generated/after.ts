import { integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
table(app, 't', {
  columns: {
    n: integer(),
    kept: integer(),
    changed: integer().generated((c) => sql`(${c.n!} + 3)`),
    plain: integer().generated((c) => sql`(${c.n!} * 9)`),
    fresh: integer().generated((c) => sql`(${c.n!} - 1)`),
  },
})
