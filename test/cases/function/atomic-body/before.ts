import { bigint, fn, integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer().notNull(), n: integer() } })
fn(app, 'total', { returns: bigint(), sqlBody: sql`BEGIN ATOMIC SELECT sum(t.n) FROM ${t} t; END` })
