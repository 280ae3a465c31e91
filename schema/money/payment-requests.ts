import { bigint, desc, foreignKey, sql, table, text, timestamptz, uuid } from 'pgintent'
import { currencyCode } from '../domains.ts'
import { base, mutable, synced, tenantKey } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, openMerchant, outletReads, outletWrites, owner } from '../lib/policies.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { customers } from '../people/customers.ts'
import { devices } from '../people/devices.ts'
import { merchants } from '../people/merchants.ts'
import { outlets } from '../people/outlets.ts'
import { backOffice, momoApp, momoLedger, momoWorker } from '../roles.ts'
import { paymentRequestKind, paymentRequestStatus } from '../values.ts'
import { currencies } from './currencies.ts'
import { transactions } from './transactions.ts'

const writes = outletWrites('payment_request.create')

export const paymentRequests = table(app, 'payment_requests', {
  classification: 'internal',
  retention: 'R1',
  comment: 'What a merchant asks to be paid: a code to scan, a link, an invoice.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    outlet_id: uuid().comment('Where it was made'),
    kind: paymentRequestKind().notNull().comment('How it reaches the payer'),
    public_token: text().notNull().classify('secret').comment('What the payer presents: 128 random bits, and not the id, which tells when it was made'),
    amount_minor: bigint().classify('financial').comment('Minor units; NULL when the payer says how much'),
    currency: currencyCode().notNull().comment('ISO 4217'),
    description: text().comment('What the payer reads'),
    customer_id: uuid().comment('Whom it is for, if the merchant knows them'),
    status: paymentRequestStatus().notNull().default('open').comment('Only an open one can be paid, and once'),
    expires_at: timestamptz().comment('When it cannot be paid any more'),
    paid_transaction_id: uuid().comment('What paid it'),
    ...mutable,
    ...synced,
  },
  primaryKey: ['id'],
  unique: {
    payment_requests_public_token_key: { on: ['public_token'], comment: 'Serves the payer who presents it' },
    payment_requests_merchant_id_id_key: tenantKey,
  },
  checks: {
    payment_requests_id_v7_check: (c) => isV7(c.id),
    payment_requests_amount_check: (c) => sql`${c.amount_minor} > 0`,
    payment_requests_token_check: (c) => sql`${c.public_token} ~ '^[A-Za-z0-9_-]{22,64}$'`,
    payment_requests_paid_check: (c) => sql`(${c.status} = 'paid') = (${c.paid_transaction_id} is not null)`,
    payment_requests_description_check: (c) => sql`length(${c.description}) <= 200`,
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['merchant_id', 'outlet_id'], references: outlets.key('merchant_id', 'id') },
    { columns: ['merchant_id', 'customer_id'], references: customers.key('merchant_id', 'id') },
    { columns: ['merchant_id', 'paid_transaction_id'], references: transactions.key('merchant_id', 'id') },
    { columns: ['merchant_id', 'origin_device_id'], references: devices.key('merchant_id', 'id') },
    { columns: ['currency'], references: currencies.key('code') },
  ],
  indexes: {
    payment_requests_open: { on: ['merchant_id', desc('id')], where: (c) => sql`${c.status} = 'open'`, comment: 'Serves the list of what is still to be paid' },
    payment_requests_sync: { on: ['merchant_id', 'sync_xid', 'id'], comment: 'Serves sync: what changed since a phone last pulled' },
    payment_requests_outlet: {
      on: ['merchant_id', 'outlet_id'],
      where: (c) => sql`${c.outlet_id} is not null`,
      comment: 'Serves: what did this outlet ask for, and the foreign key',
    },
    payment_requests_customer: {
      on: ['merchant_id', 'customer_id'],
      where: (c) => sql`${c.customer_id} is not null`,
      comment: 'Serves: what was this customer asked for, and the foreign key',
    },
    payment_requests_paid: {
      on: ['merchant_id', 'paid_transaction_id'],
      where: (c) => sql`${c.paid_transaction_id} is not null`,
      comment: 'Serves: what did this transaction pay, and the foreign key',
    },
    payment_requests_expiring: { on: ['expires_at'], where: (c) => sql`${c.status} = 'open'`, comment: 'Serves the worker that expires them' },
    payment_requests_currency: { on: ['currency'], comment: 'Serves: who is affected when a currency is retired' },
    payment_requests_origin_device: {
      on: ['merchant_id', 'origin_device_id'],
      where: (c) => sql`${c.origin_device_id} is not null`,
      comment: 'Serves the foreign key, when a device is removed',
    },
  },
  rowSecurity: {
    force: true,
    policies: {
      tenant: outletReads,
      ask: writes.insert,
      change: writes.update,
      back_office: allRows([momoWorker, ...backOffice], 'select'),
      ...openMerchant,
      ...ledger,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: [momoApp, momoWorker, momoLedger], privileges: ['select'] },
    {
      to: backOffice,
      privileges: ['select'],
      columns: [
        'id',
        'created_at',
        'merchant_id',
        'outlet_id',
        'kind',
        'amount_minor',
        'currency',
        'customer_id',
        'status',
        'expires_at',
        'paid_transaction_id',
        'updated_at',
        'row_version',
      ],
    },
    // Only settling says that one is paid, so its status is not the merchant's to write; api.cancel_payment_request() withdraws it.
    {
      to: momoApp,
      privileges: ['insert'],
      columns: [
        'id', 'merchant_id', 'outlet_id', 'kind', 'public_token', 'amount_minor', 'currency', 'description', 'customer_id', 'expires_at', 'origin_device_id',
        'client_updated_at',
      ], // prettier-ignore
    },
    { to: momoApp, privileges: ['update'], columns: ['description', 'expires_at', 'deleted_at', 'origin_device_id', 'client_updated_at'] },
    { to: momoLedger, privileges: ['update'], columns: ['status', 'paid_transaction_id'] },
  ],
})
guard(paymentRequests, { audit: 'diff', freeText: ['description'] })

// A transaction may pay a request, and a request is paid by a transaction.
foreignKey(transactions, { columns: ['merchant_id', 'payment_request_id'], references: paymentRequests.key('merchant_id', 'id') })
