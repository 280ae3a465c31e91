import { extension, integer, namespace, table, type } from 'pgintent'

const app = namespace('app')
extension('citext', { namespace: app, comment: 'Ours' })
extension('pg_trgm', { namespace: app, comment: 'Changed back' })
table(app, 't', { columns: { id: integer(), e: type('app.citext') } })
