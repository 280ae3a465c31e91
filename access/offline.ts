import { access, rows, sql } from 'pgintent'
import { syncConflicts } from '../schema/offline/conflicts.ts'
import { syncCursors } from '../schema/offline/cursors.ts'
import { clusterEpoch } from '../schema/offline/epoch.ts'
import { syncTombstones } from '../schema/offline/tombstones.ts'
import { idempotencyKeys } from '../schema/offline/idempotency.ts'
import { auditor, auditWriter, ledger, manager, members, neighbour, nobody, owner, phone, worker } from './actors.ts'
import { keptByOwner, operated, posted, tenantReads } from './lib/usual.ts'
import { transactionA, transactionB } from './money.ts'
import { cashierA, ownerB, shared, shopA, shopB } from './world.ts'

for (const [shop, transaction_id] of [
  [shopA, transactionA],
  [shopB, transactionB],
] as const)
  rows(shop.rows, idempotencyKeys, [{ merchant_id: shop.merchant, key: 'a key of 16 chars', scope: 'submit', request_hash: sql`sha256('asked')`, transaction_id }])

access(idempotencyKeys, [...tenantReads, ...posted({ insert: 'all', update: 'all' }), ...operated])

for (const { shop, who } of [
  { shop: shopA, who: cashierA },
  { shop: shopB, who: ownerB },
]) {
  const here = { merchant_id: shop.merchant, device_id: who.phone }
  rows(who.self[1], syncCursors, [{ ...here, stream: 'transactions', epoch: shop.merchant, last_xid: '1' }])
  rows(who.self[1], syncConflicts, [
    { ...here, table_name: 'customers', row_id: shop.merchant, base_version: 1n, server_version: 2n, client_patch: { locale: 'lg' }, resolution: 'manual' },
  ])
  rows(shop.rows, syncTombstones, [{ merchant_id: shop.merchant, table_name: 'customers', row_id: shop.outlet, reason: 'deleted' }])
}
rows(shared, clusterEpoch, [{ reason: 'the first one' }])

access(syncCursors, [[phone, { select: 'self', insert: 'self', update: 'self' }], [[worker, auditor], { select: 'all' }], ...operated])
access(syncConflicts, [
  [members, { select: 'nothing', update: 'nothing' }],
  [[owner, manager, neighbour], { select: 'own', update: 'own' }],
  [phone, { select: 'self', insert: 'self', update: 'nothing' }],
  [nobody, { select: 'nothing', update: 'nothing' }],
  [auditor, { select: 'all' }],
  ...operated,
])
access(syncTombstones, [[phone, { select: 'own' }], [ledger, { insert: 'all' }], ...operated])
access(clusterEpoch, [[[worker, auditor, auditWriter], { select: 'all' }], ...keptByOwner])
