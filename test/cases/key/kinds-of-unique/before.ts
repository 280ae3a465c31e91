import { integer, namespace, table } from 'pgintent'

const app = namespace('app')
table(app, 't', { columns: { id: integer().notNull(), a: integer(), b: integer(), c: integer() }, unique: { t_a: ['a'], t_b: { on: ['b'], deferrable: true } } })
