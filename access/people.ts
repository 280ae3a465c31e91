import { access, type Access } from 'pgintent'
import { devices } from '../schema/people/devices.ts'
import { merchantMembers } from '../schema/people/members.ts'
import { merchants } from '../schema/people/merchants.ts'
import { users } from '../schema/people/users.ts'
import { auditor, compliance, ledger, manager, members, nobody, owners, partner, phone, shut, support, worker } from './actors.ts'
import { operated, tenantReads } from './lib/usual.ts'

/** Privileges are the services'; what comes of them is up to who is asking. */
const noRequest: Access = { select: 'nothing', insert: 'nothing', update: 'nothing' }

access(users, [
  [members, { select: 'colleagues', update: 'self' }],
  [nobody, { select: 'nothing', update: 'nothing' }],
  // Some columns, for the masked views.
  [[auditor, support, compliance], { select: 'all' }],
  ...operated,
])

access(merchants, [
  [members, { select: 'own', update: 'nothing' }],
  [owners, { select: 'own', update: 'own' }],
  [nobody, { select: 'nothing', update: 'nothing' }],
  [[worker, ledger, auditor, support, compliance], { select: 'all' }],
  ...operated,
])

access(merchantMembers, [
  ...tenantReads,
  // A trigger refuses before row security does.
  [members, { select: 'own', insert: 'refused', update: 'nothing' }],
  [owners, { select: 'own', insert: 'own', update: 'own' }],
  // And where else they work.
  [partner, { select: ['own', 'B/partner'], insert: 'own', update: 'own' }],
  [shut, { select: 'own', insert: 'nothing', update: 'nothing' }],
  // Nobody gives what they lack, and an accountant may approve payouts. Nobody touches who ranks higher.
  [manager, { select: 'own', insert: ['A/manager', 'A/cashier', 'A/viewer'], update: ['A/manager', 'A/accountant', 'A/cashier', 'A/viewer'] }],
  [nobody, noRequest],
  [[auditor, support, compliance], { select: 'all' }],
  ...operated,
])

access(devices, [
  [members, { select: 'own', insert: 'self', update: 'nothing' }],
  [[...owners, manager], { select: 'own', insert: 'self', update: 'own' }],
  [shut, { select: 'own', insert: 'nothing', update: 'nothing' }],
  [phone, { select: 'own', insert: 'self', update: 'device' }],
  [nobody, noRequest],
  ...operated,
])
