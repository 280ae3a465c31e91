import { bigint, bytea, monthly, namespace, numeric, range, sql, table, text, timestamptz, uuid, uuidv7Floor, type MonthlySpec } from 'pgintent'

export const app = namespace('app')

export const holds = table(app, 'legal_holds', { columns: { table_name: text().notNull(), reason: text(), from_at: timestamptz().notNull(), until_at: timestamptz().notNull() } })

const byMonth = (more: Partial<MonthlySpec> = {}) =>
  monthly({
    bound: uuidv7Floor,
    from: '2026-01',
    ahead: 1,
    retain: '2 months',
    holds: ({ table: name, from, until }) => sql`select reason from ${holds} h where h.table_name = ${name} and h.from_at < ${until} and h.until_at > ${from} order by 1`,
    each: { rowSecurity: { force: true }, options: { fillfactor: 90 }, comment: 'One month' },
    ...more,
  })

export const payments = table(app, 'payments', {
  columns: { id: uuid().notNull(), amount: bigint().notNull(), note: text().comment('Not copied to partitions') },
  primaryKey: ['id'],
  checks: { amount_positive: (c) => sql`${c.amount} > 0` },
  indexes: { payments_note: ['note', 'id'] },
  partitionBy: range('id', byMonth()),
  rowSecurity: { force: true },
})

/** Every kind of value that a copy could spoil, and a name that needs quoting. */
export const entries = table(app, 'Odd "entries"', {
  columns: {
    id: uuid().notNull(),
    payment_id: uuid().notNull(),
    'Odd column': text(),
    raw: bytea(),
    exact: numeric(),
    at: timestamptz(),
    twice: numeric().generated(sql`exact * 2`),
  },
  primaryKey: ['id'],
  foreignKeys: [{ columns: ['payment_id'], references: payments }],
  partitionBy: range('id', byMonth()),
})

/** By a column of time, and kept for ever. */
export const visits = table(app, 'visits', { columns: { at: timestamptz().notNull(), page: text() }, partitionBy: range('at', monthly({ from: '2026-01', ahead: 1 })) })
