import { integer, namespace, sql, table, text } from 'pgintent'

const app = namespace('app')
const columns = { id: integer().notNull(), owner: text() }
table(app, 'off', { columns, rowSecurity: { force: true, policies: { p: { using: (c) => sql`${c.id} > 0` } } } })
table(app, 'on', { columns })
table(app, 'unforced', { columns, rowSecurity: { force: true } })
