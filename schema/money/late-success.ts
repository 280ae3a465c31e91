import { sqlText } from 'pgintent'

/**
 * Whether the provider moved the money of the transaction named in `column` of `row` after it was given up. That it said so is kept
 * as provider_status.
 */
const movedAfterAll = (row: string, column: string) =>
  `EXISTS (SELECT FROM app.transactions late
               WHERE late.id = ${row}.${column} AND late.merchant_id = ${row}.merchant_id AND late.provider_status = 'SUCCESSFUL')`

/** Whether the refund r counts against its original. */
export const refundCounts = sqlText(`(r.status NOT IN ('rejected', 'failed')
    OR ${movedAfterAll('r', 'refund_transaction_id')})`)

/** Whether the payout p counts against its settlement. */
export const payoutCounts = `(p.status NOT IN ('failed', 'cancelled')
              OR ${movedAfterAll('p', 'transaction_id')})`
