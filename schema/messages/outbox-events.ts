import { integer, jsonb, sql, table, text, timestamptz, uuid, xid8 } from 'pgintent'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { merchants } from '../people/merchants.ts'
import { momoLedger, momoWorker } from '../roles.ts'
import { outboxStatus } from '../values.ts'

export const outboxEvents = table(app, 'outbox_events', {
  classification: 'internal',
  retention: 'R4',
  comment:
    'What must be told to others, written in the transaction that did it, so that nothing is told that did not happen and nothing that happened is not told. At least once, in no order between transactions.',
  columns: {
    ...base,
    merchant_id: uuid().comment('The tenant; NULL for what concerns none'),
    topic: text().notNull().comment('What happened: transaction.completed, …'),
    row_id: uuid().notNull().comment('What it happened to'),
    payload: jsonb().notNull().classify('financial').comment('What is told. Ids and amounts, never personal data'),
    xid: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`)
      .comment('The transaction it was written by'),
    status: outboxStatus().notNull().default('waiting').comment('Whether it has been told'),
    available_at: timestamptz()
      .notNull()
      .default(sql`now()`)
      .comment('Not to be tried before'),
    attempts: integer().notNull().default(0).comment('How often it was tried'),
    delivered_at: timestamptz().comment('When it was told'),
    last_error: text().comment('Why it was not, the last time'),
  },
  primaryKey: ['id'],
  checks: {
    outbox_events_payload_check: (c) => sql`jsonb_typeof(${c.payload}) = 'object' and octet_length(${c.payload}::text) <= 8192`,
    outbox_events_delivered_check: (c) => sql`(${c.status} = 'delivered') = (${c.delivered_at} is not null)`,
  },
  foreignKeys: [{ columns: ['merchant_id'], references: merchants }],
  indexes: {
    outbox_events_due: { on: ['available_at', 'id'], where: (c) => sql`${c.status} = 'waiting'`, comment: 'Serves the dispatcher: what is due, longest waiting first' },
    outbox_events_merchant: { on: ['merchant_id', 'id'], comment: 'Serves: what was this merchant told, and the foreign key' },
    outbox_events_old: { on: ['delivered_at'], where: (c) => sql`${c.status} = 'delivered'`, comment: 'Serves retention: 30 days after delivery' },
  },
  options: { fillfactor: 80 },
  rowSecurity: { force: true, policies: { worker: allRows(momoWorker), ...ledger, ...owner, ...migrations } },
  grants: [
    { to: momoLedger, privileges: ['insert'] },
    { to: momoWorker, privileges: ['select'] },
    { to: momoWorker, privileges: ['update'], columns: ['status', 'available_at', 'attempts', 'delivered_at', 'last_error'] },
  ],
})
guard(outboxEvents, { audit: 'ref' })
