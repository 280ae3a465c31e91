import { bigint, fn, integer, namespace, numeric, sql, table } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer().notNull(), n: bigint() } })
const total = fn(app, 'total', { returns: numeric(), sqlBody: sql`BEGIN ATOMIC SELECT sum(t.n) FROM ${t} t; END` })
fn(app, 'twice', { returns: numeric(), sqlBody: sql`RETURN ${total()} * 2` })
