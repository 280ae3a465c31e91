import { bigint, check, desc, namespace, table, text, timestamptz, sql, uuid } from 'pgintent'

const app = namespace('app', { comment: 'The shop' })

export const customers = table(app, 'customers', {
  comment: 'Who buys',
  columns: {
    id: uuid()
      .notNull()
      .default(sql`gen_random_uuid()`),
    email: text().notNull().comment('Where receipts go'),
    created_at: timestamptz()
      .notNull()
      .default(sql`now()`),
  },
  primaryKey: ['id'],
  unique: { customers_email: ['email'] },
})

export const orders = table(app, 'orders', {
  columns: {
    id: bigint().identity('always'),
    customer_id: uuid().notNull(),
    status: text().notNull().default('open'),
    amount: bigint().notNull(),
  },
  primaryKey: ['id'],
  foreignKeys: [{ columns: ['customer_id'], references: customers, onDelete: 'restrict' }],
  indexes: { orders_by_customer: { on: ['customer_id', desc('id')], include: ['status'] }, orders_open: { on: ['id'], where: (c) => sql`${c.status} = 'open'` } },
})
check(orders, 'orders_amount', (c) => sql`${c.amount} > 0`)
