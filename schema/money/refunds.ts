import { sql, table, text, timestamptz, uuid } from 'pgintent'
import { currencyCode, minorAmount } from '../domains.ts'
import { base, mutable, synced } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, owner, tenantReads } from '../lib/policies.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { devices } from '../people/devices.ts'
import { users } from '../people/users.ts'
import { backOffice, momoApp, momoLedger, momoWorker } from '../roles.ts'
import { refundStatus } from '../values.ts'
import { transactions } from './transactions.ts'

export const refunds = table(app, 'refunds', {
  classification: 'internal',
  retention: 'R1',
  comment: 'Money given back. Links the transaction that is refunded to the one that does it; api.create_refund() sees that they never exceed the original.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    original_transaction_id: uuid().notNull().comment('What is refunded'),
    refund_transaction_id: uuid().comment('What refunds it; NULL until it is approved'),
    amount_minor: minorAmount().notNull().classify('financial').comment('Minor units of currency: all of the original, or a part'),
    currency: currencyCode().notNull().comment('That of the original'),
    reason: text().notNull().comment('Why, in the words of who asked for it'),
    requested_by: uuid().notNull().comment('Who asked for it'),
    approved_by: uuid().comment('Who agreed: another, when it is above the limit of who asked'),
    status: refundStatus().notNull().default('requested').comment('How far it has come. What was not rejected and did not fail counts against the original'),
    completed_at: timestamptz().comment('When its status became final'),
    ...mutable,
    ...synced,
  },
  primaryKey: ['id'],
  unique: { refunds_refund_transaction_key: { on: ['refund_transaction_id'], comment: 'Serves settling: a transaction does one refund' } },
  checks: {
    refunds_id_v7_check: (c) => isV7(c.id),
    refunds_four_eyes_check: (c) => sql`${c.requested_by} <> ${c.approved_by}`,
    refunds_transaction_check: (c) => sql`${c.refund_transaction_id} is not null or ${c.status} in ('requested', 'approved', 'rejected')`,
    refunds_reason_check: (c) => sql`length(${c.reason}) between 1 and 200`,
  },
  foreignKeys: [
    { columns: ['merchant_id', 'original_transaction_id'], references: transactions.key('merchant_id', 'id') },
    { columns: ['merchant_id', 'refund_transaction_id'], references: transactions.key('merchant_id', 'id') },
    { columns: ['merchant_id', 'origin_device_id'], references: devices.key('merchant_id', 'id') },
    { columns: ['requested_by'], references: users },
    { columns: ['approved_by'], references: users },
  ],
  indexes: {
    refunds_original: { on: ['merchant_id', 'original_transaction_id'], comment: 'Serves: how much of this was refunded, and the foreign key' },
    refunds_refund: {
      on: ['merchant_id', 'refund_transaction_id'],
      where: (c) => sql`${c.refund_transaction_id} is not null`,
      comment: 'Serves settling: which refund is this, and the foreign key',
    },
    refunds_open: {
      on: ['merchant_id', 'id'],
      where: (c) => sql`${c.status} in ('requested', 'approved', 'pending')`,
      comment: 'Serves the list of what waits for approval or for the provider',
    },
    refunds_sync: { on: ['merchant_id', 'sync_xid', 'id'], comment: 'Serves sync: what changed since a phone last pulled' },
    refunds_requester: { on: ['requested_by', 'created_at'], comment: 'Serves the limit of a day, and the investigator: what did this person refund' },
    refunds_approver: { on: ['approved_by'], where: (c) => sql`${c.approved_by} is not null`, comment: 'Serves the investigator: what did this person approve' },
    refunds_origin_device: {
      on: ['merchant_id', 'origin_device_id'],
      where: (c) => sql`${c.origin_device_id} is not null`,
      comment: 'Serves the foreign key, when a device is removed',
    },
  },
  rowSecurity: { force: true, policies: { tenant: tenantReads(), back_office: allRows([momoWorker, ...backOffice], 'select'), ...ledger, ...owner, ...migrations } },
  grants: [
    { to: [momoApp, momoWorker, momoLedger, ...backOffice], privileges: ['select'] },
    { to: momoLedger, privileges: ['insert'] },
    { to: momoLedger, privileges: ['update'], columns: ['refund_transaction_id', 'approved_by', 'status', 'completed_at'] },
  ],
})
guard(refunds, { audit: 'diff', freeText: ['reason'] })
