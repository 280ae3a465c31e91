import { fn, integer, namespace, role, sequence, table, text } from 'pgintent'

const reader = role('gr_reader')
const writer = role('gr_writer')
const app = namespace('app', { grants: [{ to: reader, privileges: ['usage'] }] })
table(app, 't', {
  columns: { id: integer().notNull(), secret: text() },
  grants: [
    { to: reader, privileges: ['select', 'insert'] },
    { to: writer, privileges: 'all', grantOption: true },
  ],
})
sequence(app, 's', { grants: [{ to: reader, privileges: ['usage'] }] })
fn(app, 'f', { returns: integer(), body: 'select 1' })
