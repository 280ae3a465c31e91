import { sql, table, text, timestamptz, uuid } from 'pgintent'
import { encryptionKeys } from '../compliance/encryption-keys.ts'
import { base, encrypted, hashed, mutable, synced, tenantKey } from '../lib/columns.ts'
import { identifying, readable } from '../lib/grants.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, openMerchant, owner, tenantReads, tenantWrites } from '../lib/policies.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { backOffice, momoApp, momoLedger, momoWorker } from '../roles.ts'
import { devices } from './devices.ts'
import { merchants } from './merchants.ts'

const writes = tenantWrites('customer.manage')

export const customers = table(app, 'customers', {
  classification: 'internal',
  retention: 'R5',
  comment: 'People who pay a merchant, as far as it knows them. Erasing one destroys the key of their data; their transactions keep a name that says nothing.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant: the same person is another customer elsewhere'),
    display_name_enc: encrypted('the name the merchant calls them by'),
    msisdn_enc: encrypted('the phone number'),
    msisdn_bidx: hashed('the phone number, with the key of the merchant'),
    msisdn_last4: text().classify('pii').comment('The last digits of the phone number, to show'),
    email_enc: encrypted('the mail address'),
    notes_enc: encrypted('what the merchant noted about them'),
    marketing_consent_at: timestamptz().comment('When they agreed to be written to; NULL for no'),
    dek_id: uuid().comment('The data key of this person alone, so that destroying it erases them from every backup too'),
    erased_at: timestamptz().comment('When they were erased, by ops.erase_customer()'),
    ...mutable,
    ...synced,
  },
  primaryKey: ['id'],
  unique: {
    customers_merchant_id_id_key: tenantKey,
    customers_msisdn_bidx_key: {
      comment: 'Serves the look-up by phone number: a merchant knows one number once',
      on: ['merchant_id', 'msisdn_bidx'],
      where: (c) => sql`${c.deleted_at} is null and ${c.msisdn_bidx} is not null`,
    },
  },
  checks: {
    customers_id_v7_check: (c) => isV7(c.id),
    customers_msisdn_last4_check: (c) => sql`${c.msisdn_last4} ~ '^\d{4}$'`,
    customers_erased_check: (c) =>
      sql`${c.erased_at} is null or (${c.display_name_enc} is null and ${c.msisdn_enc} is null and ${c.msisdn_bidx} is null and ${c.msisdn_last4} is null and ${c.email_enc} is null and ${c.notes_enc} is null)`,
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['merchant_id', 'dek_id'], references: encryptionKeys.key('merchant_id', 'id') },
    { columns: ['merchant_id', 'origin_device_id'], references: devices.key('merchant_id', 'id') },
  ],
  indexes: {
    customers_list: { on: ['merchant_id', 'id'], where: (c) => sql`${c.deleted_at} is null`, comment: "Serves the merchant's list of customers" },
    customers_sync: { on: ['merchant_id', 'sync_xid', 'id'], comment: 'Serves sync: what changed since a phone last pulled' },
    customers_dek: { on: ['merchant_id', 'dek_id'], where: (c) => sql`${c.dek_id} is not null`, comment: 'Serves erasure and key rotation: whose data a key protects' },
    customers_origin_device: {
      on: ['merchant_id', 'origin_device_id'],
      where: (c) => sql`${c.origin_device_id} is not null`,
      comment: 'Serves the foreign key, when a device is removed',
    },
  },
  rowSecurity: {
    force: true,
    policies: {
      tenant: tenantReads(),
      add: writes.insert,
      change: writes.update,
      back_office: allRows([momoWorker, ...backOffice], 'select'),
      ...openMerchant,
      ...ledger,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    {
      to: momoApp,
      privileges: ['insert'],
      columns: [
        'id', 'merchant_id', 'display_name_enc', 'msisdn_enc', 'msisdn_bidx', 'msisdn_last4', 'email_enc', 'notes_enc', 'marketing_consent_at', 'dek_id',
        'origin_device_id', 'client_updated_at',
      ], // prettier-ignore
    },
    {
      to: momoApp,
      privileges: ['update'],
      columns: [
        'display_name_enc', 'msisdn_enc', 'msisdn_bidx', 'msisdn_last4', 'email_enc', 'notes_enc', 'marketing_consent_at', 'dek_id', 'deleted_at',
        'origin_device_id', 'client_updated_at',
      ], // prettier-ignore
    },
  ],
})
guard(customers, { audit: 'full' })
readable(customers, [momoApp, momoLedger, momoWorker])
readable(customers, backOffice, identifying)
