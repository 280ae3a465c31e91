import { bigint, boolean, desc, jsonb, sql, sqlText, table, text, timestamptz, uuid } from 'pgintent'
import { currencyCode, minorAmount } from '../domains.ts'
import { base, encrypted, hashed, mutable, prefixed, synced } from '../lib/columns.ts'
import { identifying, readable } from '../lib/grants.ts'
import { always, guard } from '../lib/guard.ts'
import { byMonth } from '../lib/partitions.ts'
import { allRows, ledger, migrations, outletReads } from '../lib/policies.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { customers } from '../people/customers.ts'
import { devices } from '../people/devices.ts'
import { merchants } from '../people/merchants.ts'
import { outlets } from '../people/outlets.ts'
import { users } from '../people/users.ts'
import { backOffice, momoApp, momoLedger, momoWorker } from '../roles.ts'
import { direction, openStatuses, partyIdType, terminalStatuses, txnStatus, txnType } from '../values.ts'
import { guardTransaction } from './guard-transaction.ts'
import { recordStatus } from './record-status.ts'

const inList = (values: readonly string[]) => sqlText(`(${values.map((v) => `'${v}'`).join(', ')})`)
/** Payer and payee are the same kind of thing. */
const party = (who: string) => ({
  party_type: partyIdType().comment(`What the ${who} is known by`),
  enc: encrypted(`the ${who}'s number or address`),
  bidx: hashed(`the ${who}'s number or address, with the key of the merchant`),
  last4: text().classify('pii').comment(`The last digits of the ${who}'s number, to show`),
})

export const transactions = table(app, 'transactions', {
  classification: 'internal',
  retention: 'R1',
  comment: 'One row for each movement of money that a merchant asked for. What it did to accounts is in the ledger.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    outlet_id: uuid().comment('Where it was made'),
    customer_id: uuid().comment('Whose it is, if the merchant knows them'),
    device_id: uuid().comment('The device it was made on'),
    initiated_by: uuid().comment('Who made it'),
    type: txnType().notNull().comment('What kind of movement'),
    status: txnStatus().notNull().default('queued').comment('How far it has come; the provider may still see it otherwise, see provider_status'),
    direction: direction().notNull().comment('Whether money comes in to the merchant or goes out'),
    amount_minor: minorAmount().notNull().classify('financial').comment('Minor units of currency'),
    fee_minor: bigint().notNull().default(0).classify('financial').comment('What it costs the merchant, in the same units'),
    currency: currencyCode().notNull().comment('ISO 4217; the posting functions see that it is that of the accounts'),
    ...prefixed('payer', party('payer')),
    ...prefixed('payee', party('payee')),
    payer_message_enc: encrypted('what the payer reads on their phone'),
    payee_note_enc: encrypted('what the payee reads'),
    reference: text().comment("The merchant's own reference, an order number for example"),
    payment_request_id: uuid().comment('The request it pays'),
    captured_at: timestamptz().comment('When the phone says it was made'),
    submitted_at: timestamptz().comment('When it was sent to the provider'),
    completed_at: timestamptz().comment('When its status became final'),
    expires_at: timestamptz().comment('When it is given up'),
    provider_status: text().comment('What the provider last said, in its own words'),
    failure_reason: text().comment('APPROVAL_REJECTED, EXPIRED, NOT_ENOUGH_FUNDS, PAYER_NOT_FOUND, … An open list: providers extend theirs'),
    is_offline: boolean().notNull().default(false).comment('Whether it was made without a connection'),
    metadata: jsonb().notNull().default({}).comment('What the merchant adds. Not searchable, and no place for personal data'),
    ...mutable,
    ...synced,
  },
  primaryKey: ['id'],
  unique: {
    // One index for the list, the dashboard and the report, and what foreign keys of tenants' tables refer to.
    tx_list: {
      on: ['merchant_id', desc('id')],
      include: ['status', 'type', 'amount_minor', 'fee_minor', 'currency', 'created_at', 'outlet_id'],
      comment: 'Serves Q1 newest first, Q4 the dashboard and Q5 the daily series without touching the table. The outlet is in it because the policy asks for it',
    },
  },
  checks: {
    // Phones make ids themselves, while they are offline.
    transactions_id_v7_check: (c) => isV7(c.id),
    transactions_fee_check: (c) => sql`${c.fee_minor} >= 0`,
    transactions_completed_check: (c) => sql`(${c.status} in ${inList(terminalStatuses)}) = (${c.completed_at} is not null)`,
    transactions_failure_check: (c) => sql`${c.status} <> 'failed' or ${c.failure_reason} is not null`,
    transactions_failure_length_check: (c) => sql`length(${c.failure_reason}) <= 64`,
    transactions_reference_check: (c) => sql`length(${c.reference}) <= 64`,
    transactions_last4_check: (c) => sql`${c.payer_last4} ~ '^\d{4}$' and ${c.payee_last4} ~ '^\d{4}$'`,
    transactions_metadata_check: (c) => sql`jsonb_typeof(${c.metadata}) = 'object' and octet_length(${c.metadata}::text) <= 4096`,
  },
  // No foreign key to itself: reversals are linked in refunds. None on currency and origin_device_id either: each would need an
  // index on the busiest table, which no query reads; the accounts of its entries and device_id already answer for them.
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['merchant_id', 'outlet_id'], references: outlets.key('merchant_id', 'id') },
    { columns: ['merchant_id', 'customer_id'], references: customers.key('merchant_id', 'id') },
    { columns: ['merchant_id', 'device_id'], references: devices.key('merchant_id', 'id') },
    { columns: ['initiated_by'], references: users },
  ],
  indexes: {
    tx_open: {
      on: ['merchant_id', 'id'],
      where: (c) => sql`${c.status} in ${inList(openStatuses)}`,
      comment: 'Serves Q3: the work that is still open',
    },
    tx_poll: { on: ['submitted_at'], where: (c) => sql`${c.status} = 'pending'`, comment: 'Serves Q9: what the worker asks the provider about, longest waiting first' },
    tx_payer: { on: ['merchant_id', 'payer_bidx', desc('id')], comment: 'Serves Q6: what has this number paid' },
    tx_payee: {
      on: ['merchant_id', 'payee_bidx'],
      where: (c) => sql`${c.direction} = 'out' and ${c.payee_bidx} is not null`,
      comment: 'Serves erasure: what was this number paid. Few transactions go out',
    },
    tx_customer: {
      on: ['merchant_id', 'customer_id', desc('id')],
      where: (c) => sql`${c.customer_id} is not null`,
      comment: "Serves a customer's page",
    },
    tx_ref: { on: ['merchant_id', 'reference'], where: (c) => sql`${c.reference} is not null`, comment: "Serves Q7: reconciling by the merchant's reference" },
    tx_sync: { on: ['merchant_id', 'sync_xid', 'id'], comment: 'Serves Q8: what changed since a phone last pulled' },
    tx_device: {
      on: ['merchant_id', 'device_id', desc('id')],
      where: (c) => sql`${c.device_id} is not null`,
      comment: 'Serves: what was made on this device, when it is lost',
    },
    tx_outlet: {
      on: ['merchant_id', 'outlet_id', desc('id')],
      where: (c) => sql`${c.outlet_id} is not null`,
      comment: 'Serves the list of a cashier, who sees one outlet, and the day of an outlet',
    },
    tx_payment_request: {
      on: ['merchant_id', 'payment_request_id'],
      where: (c) => sql`${c.payment_request_id} is not null`,
      comment: 'Serves: what was paid on this request, and the foreign key',
    },
    tx_initiator: {
      on: ['initiated_by', desc('id')],
      where: (c) => sql`${c.initiated_by} is not null`,
      comment: 'Serves: what has this person made, the cashier closing the day and the investigator',
    },
    tx_created: {
      on: ['created_at'],
      using: 'brin',
      options: { pages_per_range: 32, autosummarize: true },
      comment: 'Serves the back office: a range of days over all merchants. A few hundred kilobytes',
    },
  },
  triggers: {
    a0_steps: { timing: 'before', events: ['update'], level: 'row', function: guardTransaction, ...always },
    y0_history: {
      timing: 'after',
      events: ['update'],
      updateOf: ['status'],
      level: 'row',
      when: (c) => sql`old.${c.status} is distinct from new.${c.status}`,
      function: recordStatus,
      ...always,
    },
  },
  partitionBy: byMonth(),
  // Inserting is for api.submit_transaction() alone, which belongs to momo_ledger.
  rowSecurity: {
    force: true,
    policies: {
      tenant: outletReads,
      worker: allRows(momoWorker),
      back_office: allRows(backOffice, 'select'),
      ...ledger,
      ...migrations,
    },
  },
  grants: [
    { to: momoLedger, privileges: ['select', 'insert'] },
    {
      to: momoLedger,
      privileges: ['update'],
      columns: ['status', 'completed_at', 'provider_status', 'failure_reason'],
    },
    // For app.forget_party(), when a customer is erased, and app.reencrypt_transaction(), when a key is rotated.
    {
      to: momoLedger,
      privileges: ['update'],
      columns: ['payer_enc', 'payer_bidx', 'payer_last4', 'payer_message_enc', 'payee_enc', 'payee_bidx', 'payee_last4', 'payee_note_enc'],
    },
    // For app.forget_requests(), when a month is retired.
    { to: momoLedger, privileges: ['update'], columns: ['payment_request_id'] },
    // The worker tells the provider whom to charge, so it alone reads the ciphertext. What became of it, api.settle_transaction() says.
    { to: momoWorker, privileges: ['select'] },
    { to: momoWorker, privileges: ['update'], columns: ['submitted_at'] },
  ],
})
guard(transactions, { audit: 'diff', freeText: ['reference', 'metadata'] })
readable(transactions, [momoApp])
readable(transactions, backOffice, identifying)
