import { bigint, domain, integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
const amount = domain(app, 'amount', {
  as: bigint(),
  default: 1,
  notNull: true,
  comment: 'Minor units',
  checks: { amount_positive: sql`VALUE >= 0`, amount_small: sql`VALUE < 1000000` },
})
table(app, 'payments', { columns: { id: integer().notNull(), amount: amount() }, primaryKey: ['id'] })
