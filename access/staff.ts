import { access, rows, sql } from 'pgintent'
import { apiKeys } from '../schema/people/api-keys.ts'
import { customers } from '../schema/people/customers.ts'
import { kycDocuments } from '../schema/people/kyc-documents.ts'
import { outlets } from '../schema/people/outlets.ts'
import { rolePermissions } from '../schema/people/role-permissions.ts'
import { auditor, cashier, compliance, ledger, manager, members, nobody, owners, phone, shut, support, worker } from './actors.ts'
import { atTheOutlet, operated, posted, tenantReads, watched } from './lib/usual.ts'
import { customerOf, ownerA, ownerB, ownerC, partnerA, partnerB, secret, shopA, shopB, shopC, viewerA, type Shop } from './world.ts'

// What a merchant keeps of itself and of others, and who of its people may.

for (const { shop, n } of [
  { shop: shopA, n: 0xa0 },
  { shop: shopB, n: 0xb0 },
  { shop: shopC, n: 0xc0 },
]) {
  const merchant_id = shop.merchant
  rows(shop.rows, customers, [{ id: customerOf(shop), merchant_id, display_name_enc: secret(n), msisdn_last4: '0009' }])
  rows(shop.rows, kycDocuments, [{ id: documentOf(shop), merchant_id, doc_type: 'business_cert', doc_number_enc: secret(n), content_sha256: sql`sha256('scan')` }])
}
/** The document that a shop has shown. */
export function documentOf(shop: Shop): string {
  return shop.merchant.replace(/.{4}$/, (n) => `d${n.slice(1)}`)
}

// Of several people of one merchant, and of somebody who may make none.
for (const [i, { shop, user, self }] of [ownerA, partnerA, viewerA, ownerB, partnerB, ownerC].entries())
  rows(self[1], apiKeys, [
    { merchant_id: shop.merchant, name: 'Till', key_prefix: `live_${i}_key`, key_hash: sql`sha256('a key')`, scopes: ['transaction.create'], created_by: user },
  ])

const refusedWrites = { select: 'own', insert: 'nothing', update: 'nothing' }
const noRequest = { select: 'nothing', insert: 'nothing', update: 'nothing' }
const every = { select: 'own', insert: 'own', update: 'own' }

access(outlets, [
  ...tenantReads,
  [members, refusedWrites],
  [[...owners, manager], every],
  ...atTheOutlet,
  [[cashier, phone], { select: ['A/outlet'], insert: 'nothing', update: 'nothing' }],
  [nobody, noRequest],
  [[worker, ledger], { select: 'all' }],
  ...operated,
])
access(customers, [[members, refusedWrites], [[...owners, manager, cashier, phone], every], [shut, refusedWrites], [nobody, noRequest], ...watched, ...posted({}), ...operated])
access(kycDocuments, [
  [[...members, nobody], { select: 'nothing', insert: 'nothing' }],
  [[...owners, manager], { select: 'own', insert: 'own' }],
  [shut, { select: 'own', insert: 'nothing' }],
  [compliance, { select: 'all', update: 'all' }],
  ...operated,
])
access(apiKeys, [[[...members, nobody], noRequest], [owners, { select: 'own', insert: 'self', update: 'own' }], [shut, refusedWrites], ...operated])
access(rolePermissions, [[[...members, nobody, ledger, auditor, support], { select: 'all' }], ...operated])
