import { monthly, namespace, range, table, timestamptz } from 'pgintent'

const app = namespace('app')

table(app, 'hits', {
  columns: { at: timestamptz().notNull() },
  partitionBy: range('at', monthly({ from: '2026-01', retain: 'two years' })),
})
