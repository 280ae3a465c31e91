import { collation, integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
collation(app, 'changes', { locale: 'C', comment: 'By bytes' })
collation(app, 'goes', { locale: 'POSIX' })
table(app, 't', { columns: { id: integer(), name: text().notNull().collate('app.changes'), other: text().collate('app.goes') }, primaryKey: ['id'], indexes: { t_name: ['name'] } })
