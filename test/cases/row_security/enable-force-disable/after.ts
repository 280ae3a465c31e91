import { integer, namespace, sql, table, text } from 'pgintent'

const app = namespace('app')
const columns = { id: integer().notNull(), owner: text() }
table(app, 'off', { columns })
table(app, 'on', { columns, rowSecurity: { force: true, policies: { p: { using: (c) => sql`${c.owner} = current_user` } } } })
table(app, 'unforced', { columns, rowSecurity: {} })
