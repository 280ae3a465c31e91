import { uuidv7 } from 'uuidv7'
import type { Connection } from '../../../src/db/index.ts'
import { call } from '../support/money.ts'

/** Submitting 1000 UGX within a request that is open already. */
export const submitted = (c: Connection, key: string, type: string): Promise<unknown> =>
  call(c, 'api.submit_transaction', { id: uuidv7(), idempotency_key: key, type, amount_minor: 1000, currency: 'UGX' })

/** Settling within a transaction that is open already. */
export async function settled(c: Connection, reference: string, status: string): Promise<unknown> {
  await c.script('reset role; set local role momo_worker')
  return call(c, 'api.settle_transaction', { provider: 'mtn_momo', environment: 'sandbox', x_reference_id: reference, status, reason: 'said so' })
}
