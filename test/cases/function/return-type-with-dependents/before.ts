import { bigint, fn, integer, namespace, sql, table, view } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer().notNull() } })
const one = fn(app, 'one', { returns: integer(), volatility: 'immutable', body: 'select 1' })
table(app, 'u', { columns: { n: bigint().default(sql`${one()}`) }, checks: { u_n: (c) => sql`${c.n} > ${one()}` } })
view(app, 'v', { as: sql`select t.id + ${one()} as n from ${t} t` })
