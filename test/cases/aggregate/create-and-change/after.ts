import { aggregate, bigint, fn, integer, namespace, sql } from 'pgintent'

const app = namespace('app')
const add = fn(app, 'add_up', { args: [bigint(), integer()], returns: bigint(), volatility: 'immutable', body: 'select $1 + coalesce($2, 0)' })
const total = aggregate(app, 'total', { args: 'integer', definition: sql`SFUNC = ${add}, STYPE = bigint, INITCOND = '100'`, comment: 'Sum' })
aggregate(app, 'fresh', { args: 'integer', definition: sql`SFUNC = ${add}, STYPE = bigint` })
