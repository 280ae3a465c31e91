import { table, text, uuid } from 'pgintent'
import { sha256 } from '../domains.ts'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { byMonth, insertOnly } from '../lib/partitions.ts'
import { allRows, ledger, migrations, tenantReads } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { backOffice, momoApp, momoLedger, momoWorker } from '../roles.ts'
import { historySource, txnStatus } from '../values.ts'
import { transactions } from './transactions.ts'

export const statusHistory = table(app, 'transaction_status_history', {
  classification: 'internal',
  retention: 'R1',
  comment: 'Every change of the status of a transaction. Written by trigger, append-only.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    transaction_id: uuid().notNull().comment('What changed'),
    from_status: txnStatus().comment('What it was'),
    to_status: txnStatus().notNull().comment('What it became'),
    source: historySource().notNull().comment('Who said so'),
    actor_user_id: uuid().comment('The person behind it, if there was one'),
    reason: text().comment('Why, for what failed'),
    provider_payload_sha256: sha256().comment('Digest of the message from the provider that it was read from'),
  },
  primaryKey: ['id'],
  foreignKeys: [{ columns: ['merchant_id', 'transaction_id'], references: transactions.key('merchant_id', 'id') }],
  indexes: {
    history_transaction: { on: ['transaction_id', 'merchant_id', 'id'], comment: 'Serves Q2: the history of one transaction, and the foreign key' },
  },
  partitionBy: byMonth(insertOnly),
  rowSecurity: { force: true, policies: { tenant: tenantReads(), back_office: allRows([momoWorker, ...backOffice], 'select'), ...ledger, ...migrations } },
  grants: [
    { to: [momoApp, momoWorker, momoLedger, ...backOffice], privileges: ['select'] },
    { to: momoLedger, privileges: ['insert'] },
  ],
})
guard(statusHistory, { audit: 'ref', appendOnly: true })
