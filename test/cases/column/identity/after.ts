import { bigint, integer, namespace, table } from 'pgintent'

const app = namespace('app')
table(app, 't', {
  columns: { a: integer().identity('always'), b: integer().notNull(), c: bigint().identity('by default', { start: 10, increment: 5, maximum: 1000, cache: 7, cycle: true }) },
})
