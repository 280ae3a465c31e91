import { integer, namespace, table } from 'pgintent'

const app = namespace('app')
table(app, 'logs', { columns: { id: integer().notNull() }, unlogged: true, options: { fillfactor: 80, autovacuum_enabled: false } })
