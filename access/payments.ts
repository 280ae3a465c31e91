import { access, rows, sql } from 'pgintent'
import { accountCheckpoints } from '../schema/money/accounts.ts'
import { merchantDailyTotals } from '../schema/money/daily-totals.ts'
import { feeSchedules } from '../schema/money/fee-schedules.ts'
import { paymentRequests } from '../schema/money/payment-requests.ts'
import { payouts } from '../schema/money/payouts.ts'
import { providerReferences } from '../schema/money/provider-references.ts'
import { refunds } from '../schema/money/refunds.ts'
import { settlements } from '../schema/money/settlements.ts'
import {
  accountant, analytics, auditor, cashier, ledger, manager, members, nobody, owners, phone, shut, support, viewer, worker,
} from './actors.ts' // prettier-ignore
import { atTheOutlet, keptByOwner, operated, posted, tenantReads, watched } from './lib/usual.ts'
import { id } from './lib/id.ts'
import { soldAt, transactionA, transactionB, transactionC } from './money.ts'
import { ownerA, ownerB, ownerC, secret, shared, shopA, shopB, shopC } from './world.ts'

// What becomes of transactions: requests, refunds, payouts, settlements. Money is moved by functions alone, so members read.

for (const { shop, transaction, who, n } of [
  { shop: shopA, transaction: transactionA, who: ownerA, n: 0xa10 },
  { shop: shopB, transaction: transactionB, who: ownerB, n: 0xb10 },
  { shop: shopC, transaction: transactionC, who: ownerC, n: 0xc10 },
]) {
  const { merchant: merchant_id, currency } = shop
  const [wallet, at] = [id(n + 1), '2026-01-31T00:00:00Z']
  const request = { merchant_id, kind: 'qr', currency, amount_minor: 20n } as const
  rows(shop.rows, paymentRequests, [{ ...request, public_token: `token-of-nobody-else-${n}` }])
  rows(shop.atOutlet, paymentRequests, [{ id: id(n + 9), ...request, outlet_id: shop.outlet, public_token: `token-of-the-outlet-${n}` }])
  rows(shop.atStation, paymentRequests, [{ id: id(n + 8), ...request, outlet_id: shop.station, public_token: `token-of-the-station-${n}` }])
  rows(shop.rows, refunds, [{ id: id(n + 7), merchant_id, original_transaction_id: transaction, amount_minor: 5n, currency, reason: 'broken', requested_by: who.user }])
  rows(shop.rows, settlements, [
    { merchant_id, account_id: wallet, currency, period: `[2026-01-01T00:00:00Z,${at})`, gross_minor: 500n, fee_minor: 0n, refund_minor: 0n, net_minor: 500n },
  ])
  rows(shop.rows, payouts, [
    {
      id: id(n + 6),
      merchant_id,
      account_id: wallet,
      destination_type: 'momo',
      destination_enc: secret(n),
      destination_bidx: sql`sha256('number')`,
      amount_minor: 5n,
      currency,
      requested_by: who.user,
    },
  ])
  rows(shop.rows, providerReferences, [
    { merchant_id, transaction_id: transaction, environment: 'sandbox', product: 'collection', operation: 'requesttopay', external_id: `order ${n}` },
  ])
  rows(shop.rows, merchantDailyTotals, [{ merchant_id, day: '2026-01-15', currency, type: 'collection', status: 'successful', transactions: 1, amount_minor: 500n, fee_minor: 0n }])
  rows(shop.rows, accountCheckpoints, [{ merchant_id, account_id: wallet, period_end: new Date(at), balance_minor: 500n, account_version: 1n }])
  rows(shop.rows, feeSchedules, [{ merchant_id, currency, type: 'collection', amount: '[0,100)', valid: `[2026-01-01T00:00:00Z,)` }])
}
rows(shared, feeSchedules, [{ currency: 'UGX', type: 'collection', amount: '[0,100)', valid: `[2026-01-01T00:00:00Z,)` }])

/** What the owner of A asked for, and what its outlets ask to be paid. */
export const [payoutA, refundA, requestAtStation, requestAtOutlet] = [id(0xa16), id(0xa17), id(0xa18), id(0xa19)]
for (const [set, sale, refund] of [
  [shopA.atOutlet, soldAt.outlet, id(0xa1a)],
  [shopA.atStation, soldAt.station, id(0xa1b)],
] as const) {
  const merchant_id = shopA.merchant
  rows(shopA.rows, providerReferences, [
    { merchant_id, transaction_id: sale, environment: 'sandbox', product: 'collection', operation: 'requesttopay', external_id: `sale ${sale}` },
  ])
  rows(set, refunds, [{ id: refund, merchant_id, original_transaction_id: sale, amount_minor: 5n, currency: 'UGX', reason: 'broken', requested_by: ownerA.user }])
}
export const refundAt = { outlet: id(0xa1a), station: id(0xa1b) }

const asks = { select: 'own', insert: 'own', update: 'own' }
access(paymentRequests, [
  ...tenantReads,
  [members, { select: 'own', insert: 'nothing', update: 'nothing' }],
  [[...owners, manager], asks],
  ...atTheOutlet,
  [[cashier, phone], { select: ['A/outlet'], insert: ['A/outlet'], update: ['A/outlet'] }],
  [shut, { select: 'own', insert: 'nothing', update: 'nothing' }],
  [nobody, { select: 'nothing', insert: 'nothing', update: 'nothing' }],
  ...watched,
  ...posted({ update: 'all' }),
  ...operated,
])
access(refunds, [...tenantReads, ...watched, ...posted({ insert: 'all', update: 'all' }), ...operated])
access(settlements, [...tenantReads, ...watched, ...posted({ insert: 'all', update: 'all' }), ...operated])
access(payouts, [...tenantReads, ...watched, ...posted({ insert: 'all', update: 'all' }), ...operated])
access(providerReferences, [
  ...tenantReads,
  [[auditor, support], { select: 'all' }],
  [worker, { select: 'all', update: 'all' }],
  ...posted({ insert: 'all', update: 'all' }),
  ...operated,
])
access(merchantDailyTotals, [
  [[...members, nobody], { select: 'nothing' }],
  [[...owners, manager, accountant, viewer, ...shut], { select: 'own' }],
  [[worker, auditor, analytics], { select: 'all' }],
  ...posted({ insert: 'all', update: 'all', delete: 'all' }),
  ...operated,
])
access(accountCheckpoints, [...tenantReads, ...watched, ...posted({ insert: 'all' }), ...keptByOwner])
access(feeSchedules, [[members, { select: ['own', 'shared'] }], [nobody, { select: 'shared' }], [[worker, ledger, auditor, support], { select: 'all' }], ...operated])
