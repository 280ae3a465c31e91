import { access, rows, seed, sql } from 'pgintent'
import { accounts } from '../schema/money/accounts.ts'
import { ledgerEntries } from '../schema/money/ledger.ts'
import { statusHistory } from '../schema/money/status-history.ts'
import { transactions } from '../schema/money/transactions.ts'
import { atTheOutlet } from './lib/usual.ts'
import { worker } from './actors.ts'
import { id } from './lib/id.ts'
import { kept, migrated, operated, posted, tenantReads, watched } from './lib/usual.ts'
import { secret, shared, shopA, shopB, shopC, type Shop } from './world.ts'

/** A merchant with a wallet, a transaction on its way and a journal, and a sale at each of its outlets. Out: the id of the transaction. */
function business({ rows: shop, atOutlet, outlet, atStation, station, merchant, currency }: Shop, n: number): string {
  const [wallet, pending, transaction] = [id(n + 1), id(n + 2), id(n + 3)]
  rows(shop, accounts, [
    { id: wallet, merchant_id: merchant, kind: 'merchant_wallet', currency, normal_side: 'credit', balance_minor: 500n },
    { id: pending, merchant_id: merchant, kind: 'merchant_pending', currency, normal_side: 'credit' },
  ])
  rows(shop, transactions, [{ id: transaction, merchant_id: merchant, type: 'collection', direction: 'in', amount_minor: 500n, currency, reference: `order ${n}` }])
  const sold = { merchant_id: merchant, type: 'collection', direction: 'in', amount_minor: 200_000n, currency, payer_enc: secret(n) } as const
  rows(atOutlet, transactions, [{ id: id(n + 4), ...sold, outlet_id: outlet }])
  rows(atStation, transactions, [{ id: id(n + 5), ...sold, outlet_id: station }])
  for (const [set, sale] of [
    [atOutlet, n + 4],
    [atStation, n + 5],
  ] as const) {
    seed(set, sql`update ${transactions} set status = 'pending', submitted_at = now() where id = ${id(sale)}`)
    seed(set, sql`update ${transactions} set status = 'successful', completed_at = now() where id = ${id(sale)}`)
  }
  // The trigger writes the history.
  seed(shop, sql`update ${transactions} set status = 'pending', submitted_at = now() where id = ${transaction}`)
  // All legs come in one statement.
  seed(shop, journal(transaction, merchant, currency, pending, wallet))
  return transaction
}

function journal(transaction: string, merchant: string | null, currency: string, debit: string, credit: string) {
  return sql`
    insert into ${ledgerEntries} (merchant_id, transaction_id, account_id, currency, amount_minor, balance_after_minor, account_version, entry_seq)
    values (${merchant}, ${transaction}, ${debit}, ${currency}, 500, 0, 1, 1), (${merchant}, ${transaction}, ${credit}, ${currency}, -500, 500, 1, 2)`
}

/** What was sold at the two outlets of A, for more than its cashier gives back alone. */
export const soldAt = { outlet: id(0xa14), station: id(0xa15) }
export const walletB = id(0xb11)

export const transactionA = business(shopA, 0xa10)
export const transactionB = business(shopB, 0xb10)
export const transactionC = business(shopC, 0xc10)

const [float, fees] = [id(0x11), id(0x12)]
rows(shared, accounts, [
  { id: float, kind: 'provider_float', currency: 'UGX', normal_side: 'debit', allow_negative: true },
  { id: fees, kind: 'fee_income', currency: 'UGX', normal_side: 'credit' },
])
seed(shared, journal(transactionA, null, 'UGX', float, fees))

access(accounts, [...tenantReads, ...watched, ...posted({ update: 'all' }), ...operated])
access(transactions, [...tenantReads, ...atTheOutlet, ...watched, [worker, { select: 'all', update: 'all' }], ...posted({ insert: 'all', update: 'all' }), ...migrated])
access(statusHistory, [...tenantReads, ...watched, ...posted({ insert: 'all' }), ...kept])
access(ledgerEntries, [...tenantReads, ...watched, ...posted({ insert: 'all' }), ...kept])
