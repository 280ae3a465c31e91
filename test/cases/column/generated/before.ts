import { integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { n: integer(), kept: integer().generated((c) => sql`(${c.n!} + 1)`), changed: integer().generated((c) => sql`(${c.n!} + 2)`), plain: integer() } })
