import { bigint, desc, sql, table, text, timestamptz, uuid } from 'pgintent'
import { currencyCode, minorAmount } from '../domains.ts'
import { base, encrypted, hashed, mutable } from '../lib/columns.ts'
import { identifying, readable } from '../lib/grants.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, owner, tenantReads } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { users } from '../people/users.ts'
import { backOffice, momoApp, momoLedger, momoWorker } from '../roles.ts'
import { payoutDestination, payoutStatus } from '../values.ts'
import { accounts } from './accounts.ts'
import { settlements } from './settlements.ts'
import { transactions } from './transactions.ts'

export const payouts = table(app, 'payouts', {
  classification: 'internal',
  retention: 'R1',
  comment: "Money that leaves the merchant's account for its own phone or bank. Asked for by one person and approved by another.",
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    settlement_id: uuid().comment('The settlement it pays, if it pays one'),
    account_id: uuid().notNull().comment('Where it comes from'),
    destination_type: payoutDestination().notNull().comment('Where it goes'),
    destination_enc: encrypted('the number it goes to').notNull(),
    destination_bidx: hashed('the number it goes to').notNull(),
    destination_last4: text().classify('pii').comment('Its last digits, to show'),
    amount_minor: minorAmount().notNull().classify('financial').comment('Minor units of currency'),
    fee_minor: bigint().notNull().default(0).classify('financial').comment('What it costs, on top'),
    currency: currencyCode().notNull().comment('That of the account'),
    status: payoutStatus().notNull().default('requested').comment('Money is held from approval on'),
    transaction_id: uuid().comment('What moves it; NULL until it is approved'),
    requested_by: uuid().notNull().comment('Who asked for it'),
    approved_by: uuid().comment('Who agreed'),
    scheduled_for: timestamptz().comment('When it is to be sent'),
    completed_at: timestamptz().comment('When its status became final'),
    failure_reason: text().comment('Why it failed'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: { payouts_transaction_key: { on: ['transaction_id'], comment: 'Serves settling: a transaction pays one payout' } },
  checks: {
    payouts_four_eyes_check: (c) => sql`${c.requested_by} <> ${c.approved_by}`,
    payouts_fee_check: (c) => sql`${c.fee_minor} >= 0`,
    payouts_last4_check: (c) => sql`${c.destination_last4} ~ '^\w{4}$'`,
    payouts_scheduled_check: (c) => sql`${c.status} <> 'scheduled' or ${c.scheduled_for} is not null`,
    payouts_transaction_check: (c) => sql`${c.transaction_id} is not null or ${c.status} in ('requested', 'scheduled', 'cancelled')`,
  },
  foreignKeys: [
    { columns: ['merchant_id', 'account_id'], references: accounts.key('merchant_id', 'id') },
    { columns: ['account_id', 'currency'], references: accounts.key('id', 'currency') },
    { columns: ['merchant_id', 'settlement_id'], references: settlements.key('merchant_id', 'id') },
    { columns: ['merchant_id', 'transaction_id'], references: transactions.key('merchant_id', 'id') },
    { columns: ['requested_by'], references: users },
    { columns: ['approved_by'], references: users },
  ],
  indexes: {
    payouts_list: { on: ['merchant_id', desc('id')], comment: "Serves the merchant's payouts, newest first" },
    payouts_due: { on: ['scheduled_for'], where: (c) => sql`${c.status} = 'scheduled'`, comment: 'Serves the worker: what is due' },
    payouts_account: { on: ['account_id', 'currency'], comment: 'Serves: what left this account, and the foreign key' },
    payouts_merchant_account: { on: ['merchant_id', 'account_id'], comment: 'Serves the foreign key' },
    payouts_settlement: { on: ['merchant_id', 'settlement_id'], where: (c) => sql`${c.settlement_id} is not null`, comment: 'Serves: was this settlement paid out' },
    payouts_transaction: { on: ['merchant_id', 'transaction_id'], where: (c) => sql`${c.transaction_id} is not null`, comment: 'Serves settling: which payout is this' },
    payouts_requester: { on: ['requested_by'], comment: 'Serves the investigator: what did this person ask for' },
    payouts_approver: { on: ['approved_by'], where: (c) => sql`${c.approved_by} is not null`, comment: 'Serves the investigator: what did this person approve' },
  },
  rowSecurity: {
    force: true,
    policies: { tenant: tenantReads(), worker: allRows(momoWorker, 'select'), back_office: allRows(backOffice, 'select'), ...ledger, ...owner, ...migrations },
  },
  grants: [
    { to: [momoWorker, momoLedger], privileges: ['select'] },
    { to: momoLedger, privileges: ['insert'] },
    { to: momoLedger, privileges: ['update'], columns: ['status', 'transaction_id', 'approved_by', 'completed_at', 'failure_reason'] },
  ],
})
guard(payouts, { audit: 'diff' })
readable(payouts, [momoApp])
readable(payouts, backOffice, identifying)
