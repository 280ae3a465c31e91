import { domain, integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
const d = domain(app, 'd', { as: integer(), checks: { d_old: { check: sql`VALUE > 0`, valid: false }, d_gone: sql`VALUE < 100` } })
table(app, 't', { columns: { a: d() } })
