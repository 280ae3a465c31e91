import { domain, enumType, fn, integer, namespace, procedure, publicRole, role, sequence, table, text } from 'pgintent'

const reader = role('gr_reader')
const writer = role('gr_writer')
const app = namespace('app', {
  grants: [
    { to: [reader, writer], privileges: ['usage'] },
    { to: writer, privileges: ['create'] },
  ],
})
table(app, 't', {
  columns: { id: integer().notNull(), secret: text() },
  grants: [
    { to: reader, privileges: ['select'], columns: ['id'] },
    { to: writer, privileges: ['select'], grantOption: true },
    { to: writer, privileges: ['update'] },
  ],
})
sequence(app, 's', { grants: [{ to: reader, privileges: ['usage', 'select', 'update'] }] })
fn(app, 'f', { returns: integer(), body: 'select 1', revokePublic: true, grants: [{ to: reader, privileges: ['execute'] }] })
procedure(app, 'p', { body: 'select 1', revokePublic: true })
enumType(app, 'mood', ['a'], {
  grants: [
    { to: publicRole, privileges: [] },
    { to: reader, privileges: ['usage'], grantOption: true },
  ],
})
domain(app, 'd', { as: text(), grants: [{ to: writer, privileges: ['usage'] }] })
