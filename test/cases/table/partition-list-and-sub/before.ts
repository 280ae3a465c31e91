import { bigint, list, namespace, table, text } from 'pgintent'

const app = namespace('app')
table(app, 'sales', { columns: { id: bigint().notNull(), country: text().notNull() }, partitionBy: list('country') })
