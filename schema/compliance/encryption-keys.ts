import { bytea, foreignKey, integer, sql, table, text, timestamptz, uuid } from 'pgintent'
import { base, mutable, tenantKey } from '../lib/columns.ts'
import { readable } from '../lib/grants.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { merchants } from '../people/merchants.ts'
import { momoCompliance, momoWorker } from '../roles.ts'
import { keyPurpose, keyStatus } from '../values.ts'

export const encryptionKeys = table(app, 'encryption_keys', {
  classification: 'internal',
  retention: 'R2',
  comment: 'Data keys, each wrapped by a key that never leaves the key service. Without its row, what it encrypted is noise: that is how people are erased.',
  columns: {
    ...base,
    merchant_id: uuid().comment('The tenant; NULL for a key of the whole system'),
    subject_customer_id: uuid().comment('The customer whose data alone it protects; NULL for a key of the tenant'),
    purpose: keyPurpose().notNull().comment('What it encrypts'),
    kek_ref: text().notNull().comment('The key in the key service that wraps it'),
    wrapped_dek: bytea().classify('secret').comment('The data key, wrapped; NULL once destroyed'),
    algorithm: text().notNull().default('AES-256-GCM').comment('What it is a key of'),
    generation: integer().notNull().default(1).comment('Goes up with every rotation'),
    status: keyStatus().notNull().default('active').comment('A retiring key still decrypts and encrypts nothing new'),
    activated_at: timestamptz()
      .notNull()
      .default(sql`now()`)
      .comment('When it began to encrypt'),
    destroyed_at: timestamptz().comment('When it was destroyed, for ever'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: {
    encryption_keys_merchant_id_id_key: tenantKey,
    encryption_keys_generation_key: {
      comment: 'Serves: the key of this tenant for this purpose, newest generation',
      on: ['merchant_id', 'purpose', 'generation'],
      nullsNotDistinct: true,
      where: (c) => sql`${c.subject_customer_id} is null`,
    },
    encryption_keys_subject_key: {
      comment: 'Serves: the key of this customer, newest generation',
      on: ['merchant_id', 'subject_customer_id', 'purpose', 'generation'],
      where: (c) => sql`${c.subject_customer_id} is not null`,
    },
  },
  checks: {
    encryption_keys_destroyed_check: (c) => sql`(${c.status} = 'destroyed') = (${c.wrapped_dek} is null)`,
    encryption_keys_destroyed_at_check: (c) => sql`(${c.status} = 'destroyed') = (${c.destroyed_at} is not null)`,
    encryption_keys_subject_check: (c) => sql`${c.subject_customer_id} is null or ${c.merchant_id} is not null`,
  },
  foreignKeys: [{ columns: ['merchant_id'], references: merchants }],
  // No policy for momo_app: api.data_keys() hands out what the merchant of a request may use, and says so in the audit log.
  rowSecurity: { force: true, policies: { compliance: allRows(momoCompliance, 'select'), worker: allRows(momoWorker, 'select'), ...owner, ...migrations } },
  grants: [{ to: momoWorker, privileges: ['select'] }],
})
guard(encryptionKeys, { audit: 'full' })
readable(encryptionKeys, [momoCompliance])

// subject_customer_id has no foreign key: it outlives the customer's row as the proof that the key was destroyed.
foreignKey(merchants, { columns: ['id', 'dek_id'], references: encryptionKeys.key('merchant_id', 'id') })
