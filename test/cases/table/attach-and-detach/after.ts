import { date, integer, namespace, range, table } from 'pgintent'

const app = namespace('app')
table(app, 'm', { columns: { id: integer().notNull(), at: date().notNull() }, partitionBy: range('at'), partitions: { m_new: { from: '2021-01-01', to: '2022-01-01' } } })
table(app, 'm_old', { columns: { id: integer().notNull(), at: date().notNull() } })
