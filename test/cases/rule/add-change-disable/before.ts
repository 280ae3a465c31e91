import { integer, namespace, rule, sql, table } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer().notNull() } })
const log = table(app, 'log', { columns: { id: integer() } })
rule(t, 'changes', { definition: sql`CREATE RULE changes AS ON DELETE TO ${t} DO INSTEAD NOTHING` })
rule(t, 'goes_quiet', { definition: sql`CREATE RULE goes_quiet AS ON INSERT TO ${t} DO INSERT INTO ${log} (id) VALUES (new.id)` })
