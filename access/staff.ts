import { access, rows, sql } from 'pgintent'
import { apiKeys } from '../schema/people/api-keys.ts'
import { customers } from '../schema/people/customers.ts'
import { kycDocuments } from '../schema/people/kyc-documents.ts'
import { outlets } from '../schema/people/outlets.ts'
import { rolePermissions } from '../schema/people/role-permissions.ts'
import { auditor, cashier, closed, compliance, ledger, manager, members, neighbour, nobody, owner, phone, support, worker } from './actors.ts'
import { atTheOutlet, operated, posted, tenantReads, watched } from './lib/usual.ts'
import { ownerA, ownerB, secret, shopA, shopB } from './world.ts'

// What a merchant keeps of itself and of others, and who of its people may.

for (const { shop, who, n } of [
  { shop: shopA, who: ownerA, n: 0xa0 },
  { shop: shopB, who: ownerB, n: 0xb0 },
]) {
  const merchant_id = shop.merchant
  rows(shop.rows, customers, [{ merchant_id, display_name_enc: secret(n), msisdn_last4: '0009' }])
  rows(shop.rows, kycDocuments, [{ merchant_id, doc_type: 'business_cert', content_sha256: sql`sha256('scan')` }])
  rows(who.self[1], apiKeys, [{ merchant_id, name: 'Till', key_prefix: `live_${n}_key`, key_hash: sql`sha256('a key')`, scopes: ['transaction.create'], created_by: who.user }])
}

const refusedWrites = { select: 'own', insert: 'nothing', update: 'nothing' }
const noRequest = { select: 'nothing', insert: 'nothing', update: 'nothing' }
const every = { select: 'own', insert: 'own', update: 'own' }

access(outlets, [
  ...tenantReads,
  [members, refusedWrites],
  [[owner, manager, neighbour], every],
  ...atTheOutlet,
  [[cashier, phone], { select: ['A/outlet'], insert: 'nothing', update: 'nothing' }],
  [nobody, noRequest],
  [[worker, ledger], { select: 'all' }],
  ...operated,
])
access(customers, [
  [members, refusedWrites],
  [[owner, manager, cashier, neighbour, phone], every],
  [closed, refusedWrites],
  [nobody, noRequest],
  ...watched,
  ...posted({}),
  ...operated,
])
access(kycDocuments, [
  [[...members, nobody], { select: 'nothing', insert: 'nothing' }],
  [[owner, manager, neighbour], { select: 'own', insert: 'own' }],
  [closed, { select: 'own', insert: 'nothing' }],
  [compliance, { select: 'all', update: 'all' }],
  ...operated,
])
access(apiKeys, [
  [[...members, nobody], noRequest],
  [[owner, neighbour], { select: 'own', insert: 'self', update: 'own' }],
  [closed, { select: 'nothing', insert: 'nothing', update: 'nothing' }],
  ...operated,
])
access(rolePermissions, [[[...members, nobody, ledger, auditor, support], { select: 'all' }], ...operated])
