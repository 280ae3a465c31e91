import { access, rows, sql } from 'pgintent'
import { idempotencyKeys } from '../schema/offline/idempotency.ts'
import { migrated, posted, tenantReads } from './lib/usual.ts'
import { transactionA, transactionB } from './money.ts'
import { shopA, shopB } from './world.ts'

for (const [shop, transaction_id] of [
  [shopA, transactionA],
  [shopB, transactionB],
] as const)
  rows(shop.rows, idempotencyKeys, [{ merchant_id: shop.merchant, key: 'a key of 16 chars', scope: 'submit', request_hash: sql`sha256('asked')`, transaction_id }])

access(idempotencyKeys, [...tenantReads, ...posted({ insert: 'all', update: 'all' }), ...migrated])
