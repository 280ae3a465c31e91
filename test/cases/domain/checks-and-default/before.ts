import { bigint, domain, integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
const amount = domain(app, 'amount', { as: bigint(), checks: { amount_positive: sql`VALUE > 0` } })
table(app, 'payments', { columns: { id: integer().notNull(), amount: amount() }, primaryKey: ['id'] })
