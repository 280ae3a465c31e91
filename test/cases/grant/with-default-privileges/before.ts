import { defaultPrivileges, existingRole, namespace, publicRole, role } from 'pgintent'

const reader = role('gd_reader')
const owner = existingRole('postgres')
const app = namespace('app')
defaultPrivileges({ for: owner, namespace: app, on: 'tables', to: reader, privileges: ['select'] })
defaultPrivileges({ for: owner, on: 'functions', to: publicRole, privileges: [] })
