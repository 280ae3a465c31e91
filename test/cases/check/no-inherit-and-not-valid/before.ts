import { integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { a: integer(), b: integer() }, checks: { t_old: { check: (c) => sql`${c.a} > 0`, valid: false }, t_change: (c) => sql`${c.b} > 0` } })
