import { bigint, hash, list, namespace, table, text } from 'pgintent'

const app = namespace('app')
const sales = table(app, 'sales', {
  columns: { id: bigint().notNull(), country: text().notNull() },
  partitionBy: list('country'),
  partitions: {
    sales_de: { in: ['DE', 'AT'] },
    sales_rest: { default: true, partitionBy: hash('id'), partitions: { sales_rest_0: { modulus: 2, remainder: 0 }, sales_rest_1: { modulus: 2, remainder: 1 } } },
  },
})
