import { and, boolean, foreignKey, point, sql, table, text, uuid } from 'pgintent'
import { ofTheOutlet, theMerchant } from '../context.ts'
import { base, mutable, synced, tenantKey } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, openMerchant, owner, tenantWrites } from '../lib/policies.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { momoApp, momoLedger, momoWorker } from '../roles.ts'
import { devices } from './devices.ts'
import { merchantMembers } from './members.ts'
import { merchants } from './merchants.ts'

const writes = tenantWrites('outlet.manage')

export const outlets = table(app, 'outlets', {
  classification: 'internal',
  retention: 'R2',
  comment: 'Shops and counters of a merchant. A member or a device can be bound to one of them.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    name: text().notNull().comment('As its staff know it'),
    code: text().notNull().comment('Short, for receipts; unique within the merchant'),
    address_line: text().comment('Where it is, for a person'),
    geo_point: point().comment('Where it is, for a map: longitude, latitude'),
    is_active: boolean().notNull().default(true).comment('Whether it takes payments'),
    ...mutable,
    ...synced,
  },
  primaryKey: ['id'],
  unique: {
    outlets_code_key: { on: ['merchant_id', 'code'], comment: 'Serves: an outlet by the code on a receipt' },
    outlets_merchant_id_id_key: tenantKey,
  },
  checks: {
    outlets_id_v7_check: (c) => isV7(c.id),
    outlets_code_check: (c) => sql`length(${c.code}) between 1 and 16`,
    outlets_name_check: (c) => sql`length(${c.name}) between 1 and 120`,
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['merchant_id', 'origin_device_id'], references: devices.key('merchant_id', 'id') },
  ],
  indexes: {
    outlets_sync: { on: ['merchant_id', 'sync_xid', 'id'], comment: 'Serves sync: what changed since a phone last pulled' },
    outlets_origin_device: {
      on: ['merchant_id', 'origin_device_id'],
      where: (c) => sql`${c.origin_device_id} is not null`,
      comment: 'Serves the foreign key, when a device is removed',
    },
  },
  rowSecurity: {
    force: true,
    policies: {
      tenant: { for: 'select', to: momoApp, using: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, ofTheOutlet(c.id)) },
      add: writes.insert,
      change: writes.update,
      services: allRows([momoWorker, momoLedger], 'select'),
      ...openMerchant,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: [momoApp, momoWorker, momoLedger], privileges: ['select'] },
    {
      to: momoApp,
      privileges: ['insert'],
      columns: ['id', 'merchant_id', 'name', 'code', 'address_line', 'geo_point', 'is_active', 'origin_device_id', 'client_updated_at'],
    },
    {
      to: momoApp,
      privileges: ['update'],
      columns: ['name', 'code', 'address_line', 'geo_point', 'is_active', 'deleted_at', 'origin_device_id', 'client_updated_at'],
    },
  ],
})
guard(outlets, { audit: 'full' })

// Members and devices can be bound to an outlet, and an outlet's last change may have come from a device.
foreignKey(merchantMembers, { columns: ['merchant_id', 'outlet_id'], references: outlets.key('merchant_id', 'id') })
foreignKey(devices, { columns: ['merchant_id', 'outlet_id'], references: outlets.key('merchant_id', 'id') })
