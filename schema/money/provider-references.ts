import { smallint, sql, table, text, timestamptz, uuid } from 'pgintent'
import { base, encrypted } from '../lib/columns.ts'
import { readable } from '../lib/grants.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, owner, tenantReads } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { momoApp, momoAuditor, momoLedger, momoSupport, momoWorker } from '../roles.ts'
import { providerOperation, providerProduct } from '../values.ts'
import { transactions } from './transactions.ts'

export const providerReferences = table(app, 'provider_references', {
  classification: 'internal',
  retention: 'R1',
  comment:
    'Under which names the provider knows a transaction. Written before the provider is called, so that a callback always finds it. Not partitioned: the names are unique over all months.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    transaction_id: uuid().notNull().comment('The transaction'),
    provider: text().notNull().default('mtn_momo').comment('The provider'),
    environment: text().notNull().comment('sandbox, mtnuganda, mtnghana, … The same reference in another environment is another one'),
    product: providerProduct().notNull().comment('Which product of the provider'),
    operation: providerOperation().notNull().comment('Which call'),
    x_reference_id: uuid()
      .notNull()
      .default(sql`gen_random_uuid()`)
      .comment('The X-Reference-Id header: the provider takes version 4 only, and each once'),
    external_id: text().notNull().comment('externalId: ours, shown in their reports; not unique by their contract'),
    financial_transaction_id: text().comment('Theirs, once money has moved'),
    attempt: smallint().notNull().default(1).comment('A new reference is a new attempt, and only a person decides on one'),
    last_callback_at: timestamptz().comment('When the provider last called back'),
    last_payload_enc: encrypted('the last message of the provider'),
  },
  primaryKey: ['id'],
  unique: {
    provider_references_x_reference_key: { on: ['provider', 'environment', 'x_reference_id'], comment: 'Serves every callback and every poll' },
    provider_references_financial_key: {
      comment: 'Serves Q7, reconciling by the number of the provider; a repeated callback cannot settle twice',
      on: ['provider', 'environment', 'financial_transaction_id'],
      where: (c) => sql`${c.financial_transaction_id} is not null`,
    },
    provider_references_attempt_key: { on: ['transaction_id', 'attempt'], comment: 'Serves: the attempts at a transaction, in order' },
  },
  checks: {
    provider_references_version_check: (c) => sql`get_byte(uuid_send(${c.x_reference_id}), 6) >> 4 = 4 and get_byte(uuid_send(${c.x_reference_id}), 8) >> 6 = 2`,
    provider_references_attempt_check: (c) => sql`${c.attempt} between 1 and 99`,
  },
  foreignKeys: [{ columns: ['merchant_id', 'transaction_id'], references: transactions.key('merchant_id', 'id') }],
  indexes: {
    provider_references_transaction: { on: ['merchant_id', 'transaction_id'], comment: 'Serves: how does the provider call this transaction, and the foreign key' },
    provider_references_external: { on: ['merchant_id', 'external_id'], comment: "Serves Q7: a line of the provider's report" },
  },
  rowSecurity: {
    force: true,
    policies: { tenant: tenantReads(), worker: allRows(momoWorker), back_office: allRows([momoAuditor, momoSupport], 'select'), ...ledger, ...owner, ...migrations },
  },
  grants: [
    { to: [momoWorker, momoLedger], privileges: ['select'] },
    { to: momoLedger, privileges: ['insert'] },
    { to: momoLedger, privileges: ['update'], columns: ['financial_transaction_id', 'last_callback_at'] },
    { to: momoWorker, privileges: ['update'], columns: ['last_callback_at', 'last_payload_enc'] },
  ],
})
guard(providerReferences, { audit: 'diff' })
readable(providerReferences, [momoApp, momoAuditor, momoSupport])
