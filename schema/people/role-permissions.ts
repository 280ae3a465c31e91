import { bigint, sql, table } from 'pgintent'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { momoApp, momoAuditor, momoLedger, momoSupport } from '../roles.ts'
import { memberRole, permission } from '../values.ts'

const readers = [momoApp, momoLedger, momoAuditor, momoSupport]

export const rolePermissions = table(app, 'role_permissions', {
  classification: 'public',
  retention: 'reference',
  comment: 'What each role of a member may do, and up to which amount. Filled from the declaration by ops.load_reference_data().',
  columns: {
    ...base,
    role: memberRole().notNull().comment('The role'),
    permission: permission().notNull().comment('What it may do'),
    max_units: bigint().comment('The most that one act may move alone, in units of currencies.limit_unit_minor; NULL for no limit'),
    max_units_a_day: bigint().comment('The most that all acts of 24 hours may move alone, in the same units; NULL for no limit'),
  },
  primaryKey: ['id'],
  unique: {
    role_permissions_role_permission_key: { comment: 'Serves every permission that a policy asks for', on: ['role', 'permission'], include: ['max_units', 'max_units_a_day'] },
  },
  checks: { role_permissions_max_units_check: (c) => sql`${c.max_units} > 0 and (${c.max_units_a_day} is null or ${c.max_units_a_day} >= ${c.max_units})` },
  rowSecurity: { force: true, policies: { everyone: allRows(readers, 'select'), ...owner, ...migrations } },
  grants: [{ to: readers, privileges: ['select'] }],
})
guard(rolePermissions, { audit: 'full' })
