import { integer, namespace, role, table, text } from 'pgintent'

const writer = role('gc_writer')
const reader = role('gc_reader')
const app = namespace('app')
// What is revoked of a table is revoked of its columns too: those that keep it, those that get it, and one that is new.
table(app, 't', {
  columns: { id: integer().notNull(), body: text(), note: text(), more: text() },
  grants: [
    { to: writer, privileges: ['select'] },
    { to: writer, privileges: ['insert', 'update'], columns: ['body', 'more'] },
    { to: reader, privileges: ['select'], columns: ['id'] },
  ],
})
