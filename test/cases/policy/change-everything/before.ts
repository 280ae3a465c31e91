import { integer, namespace, role, sql, table, text } from 'pgintent'

const app = namespace('app')
const reader = role('po_reader')
const writer = role('po_writer')
const columns = { id: integer().notNull(), tenant: integer() }
const members = table(app, 'members', { columns: { tenant: integer().notNull(), name: text() } })
table(app, 't', {
  columns,
  rowSecurity: {
    policies: {
      using_changes: { to: [reader], using: (c) => sql`${c.tenant} = 1` },
      roles_change: { to: [reader], for: 'select', using: (c) => sql`${c.id} > 0` },
      command_changes: { to: [reader], for: 'select', using: (c) => sql`${c.id} > 1` },
      check_goes: { to: [writer], for: 'update', using: (c) => sql`${c.id} > 2`, check: (c) => sql`${c.id} > 3` },
      goes: { to: [writer], restrictive: true, using: (c) => sql`${c.id} > 4` },
    },
  },
})
