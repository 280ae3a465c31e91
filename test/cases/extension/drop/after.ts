import { extension, integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
extension('pg_trgm', { namespace: app })
table(app, 't', { columns: { id: integer(), e: text() } })
