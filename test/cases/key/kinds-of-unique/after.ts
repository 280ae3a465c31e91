import { integer, namespace, table } from 'pgintent'

const app = namespace('app')
table(app, 't', {
  columns: { id: integer().notNull(), a: integer(), b: integer(), c: integer() },
  primaryKey: { on: ['id'], name: 't_key', include: ['c'], comment: 'The key' },
  unique: {
    t_a: { on: ['a'], nullsNotDistinct: true },
    t_b: { on: ['b'], deferrable: true, deferred: true },
    t_c: { on: ['c'], include: ['a', 'b'], options: { fillfactor: 60 } },
  },
})
