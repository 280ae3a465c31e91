import { and, sql, table, timestamptz, uuid } from 'pgintent'
import { can, currentUserId, theMerchant, theUser } from '../context.ts'
import { base, mutable, synced } from '../lib/columns.ts'
import { always, guard } from '../lib/guard.ts'
import { allRows, migrations, openMerchant, owner } from '../lib/policies.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { momoApp, momoAuditor, momoCompliance, momoSupport } from '../roles.ts'
import { memberRole, memberStatus } from '../values.ts'
import { guardMember } from './guard-member.ts'
import { merchants } from './merchants.ts'
import { users } from './users.ts'

export const merchantMembers = table(app, 'merchant_members', {
  classification: 'internal',
  retention: 'R2',
  comment: 'Who works for which merchant, as what.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    user_id: uuid().notNull().comment('The person'),
    role: memberRole().notNull().comment('What they may do; app.role_permissions says what that is'),
    outlet_id: uuid().comment('The only outlet they see; NULL for all'),
    status: memberStatus().notNull().default('invited').comment('Only active members get in, and who was invited becomes one with api.accept_invitation()'),
    invited_by: uuid().default(currentUserId()).comment('Who asked them in'),
    revoked_at: timestamptz().comment('When they were shut out'),
    ...mutable,
    ...synced,
  },
  primaryKey: ['id'],
  unique: {
    merchant_members_one: {
      comment: 'Serves the check that begins every request: a person is a member once',
      on: ['merchant_id', 'user_id'],
      where: (c) => sql`${c.deleted_at} is null`,
    },
  },
  checks: { merchant_members_id_v7_check: (c) => isV7(c.id) },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['user_id'], references: users },
    { columns: ['invited_by'], references: users },
  ],
  indexes: {
    merchant_members_mine: {
      on: ['user_id', 'merchant_id'],
      include: ['role'],
      where: (c) => sql`${c.status} = 'active'`,
      comment: 'Serves Q11: my merchants and my role in them, and the check that begins every request',
    },
    merchant_members_merchant: { on: ['merchant_id', 'id'], comment: 'Serves the list of members, those who left included' },
    merchant_members_user: { on: ['user_id'], comment: 'Serves the foreign key: everything a person was ever a member of' },
    merchant_members_invited_by: { on: ['invited_by'], where: (c) => sql`${c.invited_by} is not null`, comment: 'Serves: whom did this person let in' },
    merchant_members_outlet: {
      on: ['merchant_id', 'outlet_id'],
      where: (c) => sql`${c.outlet_id} is not null`,
      comment: 'Serves: who works in this outlet, and the foreign key',
    },
    merchant_members_origin_device: {
      on: ['merchant_id', 'origin_device_id'],
      where: (c) => sql`${c.origin_device_id} is not null`,
      comment: 'Serves the foreign key, when a device is removed',
    },
  },
  triggers: {
    a1_member: { timing: 'before', events: ['insert', 'update'], level: 'row', function: guardMember, ...always },
  },
  rowSecurity: {
    force: true,
    policies: {
      own_and_colleagues: { for: 'select', to: momoApp, using: (c) => sql`${c.merchant_id} = ${theMerchant} or ${c.user_id} = ${theUser}` },
      invite: { for: 'insert', to: momoApp, check: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, can('member.manage')) },
      manage: {
        for: 'update',
        to: momoApp,
        using: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, can('member.manage')),
      },
      back_office: allRows([momoSupport, momoAuditor, momoCompliance], 'select'),
      ...openMerchant,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: [momoApp, momoSupport, momoAuditor, momoCompliance], privileges: ['select'] },
    { to: momoApp, privileges: ['insert'], columns: ['id', 'merchant_id', 'user_id', 'role', 'outlet_id', 'origin_device_id', 'client_updated_at'] },
    {
      to: momoApp,
      privileges: ['update'],
      columns: ['role', 'outlet_id', 'status', 'revoked_at', 'deleted_at', 'origin_device_id', 'client_updated_at'],
    },
  ],
})
guard(merchantMembers, { audit: 'full' })
