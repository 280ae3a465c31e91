import { bigint, date, namespace, range, table, text } from 'pgintent'

const app = namespace('app')
table(app, 'events', {
  columns: { id: bigint().notNull(), at: date().notNull(), what: text() },
  primaryKey: ['id', 'at'],
  partitionBy: range('at'),
  partitions: { events_2025: { from: '2025-01-01', to: '2026-01-01' }, events_rest: 'default' },
})
