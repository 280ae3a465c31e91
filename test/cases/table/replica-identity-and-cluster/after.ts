import { integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
const columns = { id: integer().notNull(), code: text().notNull() }
table(app, 't', { columns, primaryKey: ['id'], unique: { t_code: ['code'] }, replicaIdentity: { index: 't_code' }, clusterOn: 't_code' })
table(app, 'u', { columns, indexes: { u_code: { on: ['code'], unique: true, options: { fillfactor: 90 } } }, replicaIdentity: 'nothing' })
