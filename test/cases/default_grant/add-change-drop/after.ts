import { defaultPrivileges, namespace, publicRole, role } from 'pgintent'

const reader = role('dg_reader')
const maker = role('dg_maker')
const app = namespace('app')
defaultPrivileges({ for: maker, namespace: app, on: 'tables', to: reader, privileges: ['select', 'insert'], grantOption: ['select'] })
defaultPrivileges({ for: maker, on: 'functions', to: publicRole, privileges: [] })
defaultPrivileges({ for: maker, on: 'types', to: publicRole, privileges: [] })
