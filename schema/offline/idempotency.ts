import { jsonb, smallint, sql, table, text, timestamptz, uuid } from 'pgintent'
import { sha256 } from '../domains.ts'
import { base } from '../lib/columns.ts'
import { readable } from '../lib/grants.ts'
import { guard } from '../lib/guard.ts'
import { ledger, migrations, owner, tenantReads } from '../lib/policies.ts'
import { transactions } from '../money/transactions.ts'
import { app } from '../namespaces.ts'
import { devices } from '../people/devices.ts'
import { merchants } from '../people/merchants.ts'
import { momoApp, momoLedger } from '../roles.ts'
import { idempotencyState } from '../values.ts'

export const idempotencyKeys = table(app, 'idempotency_keys', {
  classification: 'internal',
  retention: 'R4',
  comment: 'What was asked and what was answered, so that a phone may ask again. Not partitioned: a key is unique over all months.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    key: text().notNull().comment('Made by the device for one intention, kept over all retries'),
    scope: text().notNull().comment('The operation it is for'),
    request_hash: sha256().notNull().comment('Digest of the request: the same key with another request is refused (MM409)'),
    device_id: uuid().comment('The device that asked'),
    transaction_id: uuid().comment('What came of it'),
    response_code: smallint().comment('The answer, to be given again'),
    response_body: jsonb().classify('financial').comment('The answer, to be given again'),
    state: idempotencyState().notNull().default('started').comment('Whether there is an answer yet'),
    locked_until: timestamptz().comment('Until when somebody works on one that is only started; nobody does, as a key is written with its answer'),
    expires_at: timestamptz()
      .notNull()
      .default(sql`now() + interval '90 days'`)
      .comment('Longer than any phone stays offline'),
  },
  primaryKey: ['id'],
  unique: { idempotency_keys_once: { on: ['merchant_id', 'scope', 'key'], comment: 'Serves every command: was it asked before' } },
  checks: { idempotency_keys_key_check: (c) => sql`length(${c.key}) between 16 and 128` },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['merchant_id', 'device_id'], references: devices.key('merchant_id', 'id') },
    { columns: ['merchant_id', 'transaction_id'], references: transactions.key('merchant_id', 'id') },
  ],
  indexes: {
    idempotency_expired: { on: ['expires_at'], comment: 'Serves the purge, in batches' },
    idempotency_device: {
      on: ['merchant_id', 'device_id'],
      where: (c) => sql`${c.device_id} is not null`,
      comment: 'Serves: what did a device ask, and the foreign key',
    },
    idempotency_transaction: {
      on: ['merchant_id', 'transaction_id'],
      where: (c) => sql`${c.transaction_id} is not null`,
      comment: 'Serves: which request made a transaction, and the foreign key',
    },
  },
  options: { fillfactor: 80 },
  rowSecurity: { force: true, policies: { tenant: tenantReads(), ...ledger, ...owner, ...migrations } },
  grants: [
    { to: momoLedger, privileges: ['select', 'insert'] },
    // For app.remember_operation(): what was refused for the clock of a phone may still become something else.
    { to: momoLedger, privileges: ['update'], columns: ['response_body'] },
  ],
})
guard(idempotencyKeys, { audit: 'ref' })
readable(idempotencyKeys, [momoApp])
