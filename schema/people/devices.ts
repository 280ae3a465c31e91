import { and, bytea, foreignKey, integer, sql, table, text, timestamptz, uuid } from 'pgintent'
import { can, theDevice, theMerchant, theUser } from '../context.ts'
import { base, encrypted, mutable, tenantKey } from '../lib/columns.ts'
import { readable } from '../lib/grants.ts'
import { guard } from '../lib/guard.ts'
import { migrations, openMerchant, owner, tenantReads } from '../lib/policies.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { momoApp } from '../roles.ts'
import { devicePlatform, deviceStatus } from '../values.ts'
import { merchantMembers } from './members.ts'
import { merchants } from './merchants.ts'
import { users } from './users.ts'

export const devices = table(app, 'devices', {
  classification: 'internal',
  retention: 'R2',
  comment: 'Phones and browsers. A push is believed only with the signature of a device that is active.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    user_id: uuid().notNull().comment('Whose it is'),
    outlet_id: uuid().comment('Where it stands'),
    install_id: uuid().notNull().comment('Made by the app when it is installed'),
    platform: devicePlatform().notNull().comment('What it runs on'),
    app_version: text().comment('What it last reported'),
    public_key: bytea().notNull().comment('Its signatures are checked with this'),
    push_token_enc: encrypted('the token that notifications are sent to'),
    clock_offset_ms: integer().comment('How far its clock was from ours when it last spoke'),
    status: deviceStatus().notNull().default('active').comment('A lost or revoked device is not believed any more'),
    last_seen_at: timestamptz().comment('When it last spoke. In no index, so that a heartbeat stays a HOT update'),
    revoked_at: timestamptz().comment('When it was shut out'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: {
    devices_install_id_key: { on: ['install_id'], comment: 'Serves registration: an installation is one device' },
    devices_merchant_id_id_key: tenantKey,
  },
  checks: { devices_id_v7_check: (c) => isV7(c.id) },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['user_id'], references: users },
  ],
  indexes: {
    devices_status: { on: ['merchant_id', 'status'], comment: "Serves the merchant's list of devices, and the back office's of lost ones" },
    devices_outlet: { on: ['merchant_id', 'outlet_id'], where: (c) => sql`${c.outlet_id} is not null`, comment: 'Serves: the devices of this outlet, and the foreign key' },
    devices_user: { on: ['user_id'], comment: 'Serves: all devices of a person, to revoke them' },
  },
  options: { fillfactor: 80 },
  rowSecurity: {
    force: true,
    policies: {
      tenant: tenantReads(),
      register: { for: 'insert', to: momoApp, check: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, sql`${c.user_id} = ${theUser}`) },
      keep: {
        for: 'update',
        to: momoApp,
        using: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, sql`${c.id} = ${theDevice} or ${can('device.manage')}`),
      },
      ...openMerchant,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    {
      to: momoApp,
      privileges: ['insert'],
      columns: ['id', 'merchant_id', 'user_id', 'outlet_id', 'install_id', 'platform', 'app_version', 'public_key', 'push_token_enc', 'clock_offset_ms'],
    },
    {
      to: momoApp,
      privileges: ['update'],
      columns: ['outlet_id', 'app_version', 'push_token_enc', 'clock_offset_ms', 'status', 'last_seen_at', 'revoked_at'],
    },
  ],
})
guard(devices, { audit: 'diff' })
readable(devices, [momoApp])

// Merchants, their members and their devices refer to each other.
foreignKey(merchants, { columns: ['id', 'origin_device_id'], references: devices.key('merchant_id', 'id') })
foreignKey(merchantMembers, { columns: ['merchant_id', 'origin_device_id'], references: devices.key('merchant_id', 'id') })
