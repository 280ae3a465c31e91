import { defaultPrivileges, existingRole, fn, integer, namespace, publicRole, role, table } from 'pgintent'

const reader = role('gd_reader')
const owner = existingRole('postgres')
const app = namespace('app')
defaultPrivileges({ for: owner, namespace: app, on: 'tables', to: reader, privileges: ['select'] })
defaultPrivileges({ for: owner, on: 'functions', to: publicRole, privileges: [] })
table(app, 'closed', { columns: { id: integer() } })
table(app, 'open', { columns: { id: integer() }, grants: [{ to: reader, privileges: ['select'] }] })
fn(app, 'usable', { returns: integer(), body: 'select 1' })
fn(app, 'closed_too', { returns: integer(), body: 'select 1', revokePublic: true })
