import { defaultPrivileges, namespace, role } from 'pgintent'

const reader = role('dg_reader')
const maker = role('dg_maker')
const app = namespace('app')
defaultPrivileges({ for: maker, namespace: app, on: 'tables', to: reader, privileges: ['select'] })
defaultPrivileges({ for: maker, on: 'sequences', to: reader, privileges: ['usage'] })
