import { domain, integer, namespace, sql, table, varchar } from 'pgintent'

const app = namespace('app')
const code = domain(app, 'code', { as: varchar(10), checks: { code_upper: sql`VALUE::text = upper(VALUE::text)` } })
table(app, 'things', { columns: { id: integer().notNull(), code: code().notNull() }, primaryKey: ['id'] })
