import { domain, integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
const d = domain(app, 'd', { as: integer(), checks: { d_old: sql`VALUE > 0`, d_new: { check: sql`VALUE <> 7`, valid: false, comment: 'Unlucky' } } })
table(app, 't', { columns: { a: d() } })
