import { integer, namespace, range, table } from 'pgintent'

const app = namespace('app')
const p = table(app, 'p', { columns: { id: integer().notNull(), a: integer() }, partitionBy: range('id'), partitions: { p1: { from: 1, to: 10 }, p2: { from: 10, to: 20 } } })
table(app, 'r', { columns: { id: integer().notNull(), p_id: integer() }, primaryKey: ['id'] })
