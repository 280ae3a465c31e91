import { access, rows, sql } from 'pgintent'
import { idempotencyKeys } from '../schema/sync.ts'
import { migrated, posted, tenantReads } from './lib/usual.ts'
import { transactionA, transactionB } from './money.ts'
import { merchantA, merchantB, shopA, shopB } from './world.ts'

for (const [shop, merchant_id, transaction_id] of [
  [shopA, merchantA, transactionA],
  [shopB, merchantB, transactionB],
] as const)
  rows(shop, idempotencyKeys, [{ merchant_id, key: 'a key of 16 chars', scope: 'submit', request_hash: sql`sha256('asked')`, transaction_id }])

access(idempotencyKeys, [...tenantReads, ...posted({ insert: 'all', update: 'all' }), ...migrated])
