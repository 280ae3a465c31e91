import { access, rows, sql } from 'pgintent'
import { syncConflicts } from '../schema/offline/conflicts.ts'
import { syncCursors } from '../schema/offline/cursors.ts'
import { clusterEpoch } from '../schema/offline/epoch.ts'
import { syncTombstones } from '../schema/offline/tombstones.ts'
import { idempotencyKeys } from '../schema/offline/idempotency.ts'
import { auditor, auditWriter, closedPhone, ledger, manager, members, nobody, owners, phone, shut, worker } from './actors.ts'
import { keptByOwner, operated, posted, tenantReads } from './lib/usual.ts'
import { transactionA, transactionB, transactionC } from './money.ts'
import { atTablet, cashierA, ownerA, ownerB, ownerC, shared, shopA, shopB, shopC, tablet } from './world.ts'

for (const [shop, transaction_id] of [
  [shopA, transactionA],
  [shopB, transactionB],
  [shopC, transactionC],
] as const)
  rows(shop.rows, idempotencyKeys, [{ merchant_id: shop.merchant, key: 'a key of 16 chars', scope: 'submit', request_hash: sql`sha256('asked')`, transaction_id }])

access(idempotencyKeys, [...tenantReads, ...posted({ insert: 'all', update: 'all' }), ...operated])

// A phone, another device of the same person, one of a colleague, and those of other merchants.
for (const { shop, device_id, set } of [
  { shop: shopA, device_id: cashierA.phone, set: cashierA.atPhone },
  { shop: shopA, device_id: tablet, set: atTablet },
  ...[ownerA, ownerB, ownerC].map((who) => ({ shop: who.shop, device_id: who.phone, set: who.atPhone })),
]) {
  const here = { merchant_id: shop.merchant, device_id }
  rows(set, syncCursors, [{ ...here, stream: 'transactions', epoch: shop.merchant, last_xid: '1' }])
  rows(set, syncConflicts, [
    { ...here, table_name: 'customers', row_id: shop.merchant, base_version: 1n, server_version: 2n, client_patch: { locale: 'lg' }, resolution: 'manual' },
  ])
}
for (const shop of [shopA, shopB, shopC]) rows(shop.rows, syncTombstones, [{ merchant_id: shop.merchant, table_name: 'customers', row_id: shop.outlet, reason: 'deleted' }])
rows(shared, clusterEpoch, [{ reason: 'the first one' }])

access(syncCursors, [
  [phone, { select: 'device', insert: 'device', update: 'device' }],
  [closedPhone, { select: 'device', insert: 'nothing', update: 'nothing' }],
  [[worker, auditor], { select: 'all' }],
  ...operated,
])
access(syncConflicts, [
  [members, { select: 'nothing', update: 'nothing' }],
  [[...owners, manager], { select: 'own', update: 'own' }],
  [phone, { select: 'device', insert: 'device', update: 'nothing' }],
  [shut, { select: 'own', update: 'nothing' }],
  [closedPhone, { select: 'own', insert: 'nothing', update: 'nothing' }],
  [nobody, { select: 'nothing', update: 'nothing' }],
  [auditor, { select: 'all' }],
  ...operated,
])
access(syncTombstones, [[[phone, closedPhone], { select: 'own' }], [ledger, { insert: 'all' }], ...operated])
access(clusterEpoch, [[[worker, auditor, auditWriter], { select: 'all' }], ...keptByOwner])
