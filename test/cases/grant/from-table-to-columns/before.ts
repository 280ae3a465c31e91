import { integer, namespace, role, table, text } from 'pgintent'

const writer = role('gc_writer')
const reader = role('gc_reader')
const app = namespace('app')
table(app, 't', {
  columns: { id: integer().notNull(), body: text(), note: text() },
  grants: [
    { to: writer, privileges: ['select', 'insert', 'update'] },
    { to: writer, privileges: ['update'], columns: ['body'] },
    { to: reader, privileges: ['select'] },
    { to: reader, privileges: ['select'], columns: ['id'] },
  ],
})
