import { integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
const columns = { id: integer().notNull(), code: text().notNull() }
table(app, 't', { columns, primaryKey: ['id'], unique: { t_code: ['code'] }, clusterOn: 't_pkey' })
table(app, 'u', { columns, indexes: { u_code: { on: ['code'], unique: true } }, replicaIdentity: { index: 'u_code' } })
