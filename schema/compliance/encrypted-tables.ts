import { sql, type SqlText, type Table } from 'pgintent'
import { can, currentUserId } from '../context.ts'
import { webhookEndpoints } from '../messages/webhook-endpoints.ts'
import { payouts } from '../money/payouts.ts'
import { providerReferences } from '../money/provider-references.ts'
import { customers } from '../people/customers.ts'
import { devices } from '../people/devices.ts'
import { kycDocuments } from '../people/kyc-documents.ts'
import { merchants } from '../people/merchants.ts'
import { users } from '../people/users.ts'

// Every table with ciphertext but app.transactions, which money/transaction-ciphertext.ts reads, and who of a merchant's people may
// have it: r is the row, merchant the merchant of the request.

export interface Encrypted {
  readonly table: Table<any, any>
  /** NULL: services read it through their own grants, people never. */
  readonly readers: SqlText | null
}

const own = sql`r.merchant_id = merchant`

export const encryptedTables: readonly Encrypted[] = [
  { table: customers, readers: sql`${own} AND ${can('customer.manage')}` },
  { table: kycDocuments, readers: sql`${own} AND ${can('kyc.manage')}` },
  { table: payouts, readers: sql`${own} AND (${can('payout.create')} OR ${can('payout.approve')})` },
  { table: merchants, readers: sql`r.id = merchant AND ${can('merchant.manage')}` },
  {
    table: users,
    // Oneself; of colleagues, who looks after members.
    readers: sql`(r.id = ${currentUserId()} OR ${can('member.manage')} AND EXISTS (SELECT FROM app.merchant_members x WHERE x.merchant_id = merchant AND x.user_id = r.id AND x.deleted_at IS NULL))`,
  },
  { table: devices, readers: null },
  { table: webhookEndpoints, readers: null },
  { table: providerReferences, readers: null },
]
