import { integer, namespace, table } from 'pgintent'

const app = namespace('app')
table(app, 'logs', { columns: { id: integer().notNull() }, options: { fillfactor: 70, 'toast.autovacuum_enabled': false }, comment: 'Written often', replicaIdentity: 'full' })
