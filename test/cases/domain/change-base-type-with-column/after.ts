import { domain, integer, namespace, sql, table, text } from 'pgintent'

const app = namespace('app')
const code = domain(app, 'code', { as: text(), checks: { code_upper: sql`VALUE = upper(VALUE)` } })
table(app, 'things', { columns: { id: integer().notNull(), code: code().notNull() }, primaryKey: ['id'] })
