import { date, integer, namespace, range, table } from 'pgintent'

const app = namespace('app')
table(app, 'm', { columns: { id: integer().notNull(), at: date().notNull() }, partitionBy: range('at'), partitions: { m_old: { from: '2020-01-01', to: '2021-01-01' } } })
table(app, 'm_new', { columns: { id: integer().notNull(), at: date().notNull() } })
