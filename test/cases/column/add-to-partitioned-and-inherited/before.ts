import { integer, list, namespace, table, text } from 'pgintent'

const app = namespace('app')
const p = table(app, 'p', { columns: { id: integer().notNull(), gone: text() }, partitionBy: list('id'), partitions: { p1: { in: [1] }, p_rest: 'default' } })
