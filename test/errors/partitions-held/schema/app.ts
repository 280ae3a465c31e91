import { monthly, namespace, range, sql, table, timestamptz } from 'pgintent'

const app = namespace('app')

table(app, 'Odd "hits"', {
  columns: { at: timestamptz().notNull() },
  partitionBy: range('at', monthly({ from: '2026-01', retain: '1 month', holds: ({ table: name, from, until }) => sql`select reason from app.holds(${name}, ${from}, ${until})` })),
})
