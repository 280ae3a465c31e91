import { and, sql, table, text, timestamptz, uuid } from 'pgintent'
import { can, theMerchant, theUser } from '../context.ts'
import { sha256 } from '../domains.ts'
import { base, mutable } from '../lib/columns.ts'
import { readable } from '../lib/grants.ts'
import { guard } from '../lib/guard.ts'
import { migrations, openMerchant, owner, tenantReads, tenantWrites } from '../lib/policies.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { momoApp } from '../roles.ts'
import { permissions } from '../values.ts'
import { merchants } from './merchants.ts'
import { users } from './users.ts'

export const apiKeys = table(app, 'api_keys', {
  classification: 'internal',
  retention: 'in use',
  comment: "Keys with which a merchant's own systems speak to the API. Only their digest is here.",
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    name: text().notNull().comment('What it is for, in the words of who made it'),
    key_prefix: text().notNull().comment('The first letters of the key: finds it, and tells people which one it is'),
    key_hash: sha256().notNull().classify('secret').comment('Digest of the key, which is 256 random bits and so needs no salt'),
    scopes: text().array().notNull().comment('What it may do: permissions of app.role_permissions'),
    created_by: uuid().notNull().comment('Who made it'),
    expires_at: timestamptz().comment('When it stops working'),
    last_used_at: timestamptz().comment('When it was last used, to the hour. In no index'),
    revoked_at: timestamptz().comment('When it was taken back'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: { api_keys_key_prefix_key: { on: ['key_prefix'], comment: 'Serves every call with a key' } },
  checks: {
    api_keys_id_v7_check: (c) => isV7(c.id),
    api_keys_scopes_check: (c) => sql`cardinality(${c.scopes}) > 0 and ${c.scopes} <@ ARRAY[${[...permissions]}]`,
    api_keys_prefix_check: (c) => sql`${c.key_prefix} ~ '^[A-Za-z0-9_]{8,16}$'`,
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['created_by'], references: users },
  ],
  indexes: {
    api_keys_merchant: { on: ['merchant_id', 'id'], comment: "Serves the merchant's list of keys" },
    api_keys_creator: { on: ['created_by'], comment: 'Serves: which keys did this person make, when they leave' },
  },
  options: { fillfactor: 80 },
  rowSecurity: {
    force: true,
    policies: {
      tenant: tenantReads(can('api_key.manage')),
      add: {
        for: 'insert',
        to: momoApp,
        check: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, sql`${c.created_by} = ${theUser}`, can('api_key.manage')),
      },
      revoke: tenantWrites('api_key.manage').update,
      ...openMerchant,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: momoApp, privileges: ['insert'], columns: ['id', 'merchant_id', 'name', 'key_prefix', 'key_hash', 'scopes', 'created_by', 'expires_at'] },
    { to: momoApp, privileges: ['update'], columns: ['name', 'revoked_at'] },
  ],
})
guard(apiKeys, { audit: 'full' })
readable(apiKeys, [momoApp])
