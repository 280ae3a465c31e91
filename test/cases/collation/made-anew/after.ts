import { collation, integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
collation(app, 'changes', { locale: 'POSIX', comment: 'By bytes' })
collation(app, 'comes', { lcCollate: 'C', lcCtype: 'POSIX' })
table(app, 't', {
  columns: { id: integer(), name: text().notNull().collate('app.changes'), other: text().collate('app.comes') },
  primaryKey: ['id'],
  indexes: { t_name: ['name'] },
})
