import { integer, list, namespace, sql, table, text } from 'pgintent'

const app = namespace('app')
const p = table(app, 'p', {
  columns: { id: integer().notNull(), a: integer().notNull().default(1), b: text().collate('C') },
  partitionBy: list('id'),
  partitions: { p1: { in: [1], columns: { a: { default: sql`2` } } }, p_rest: 'default' },
})
