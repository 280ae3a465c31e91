import { and, desc, jsonb, sql, table, text, timestamptz, uuid } from 'pgintent'
import { theMerchant, theUser } from '../context.ts'
import { base, mutable, synced } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, openMerchant, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { devices } from '../people/devices.ts'
import { merchants } from '../people/merchants.ts'
import { users } from '../people/users.ts'
import { momoApp, momoLedger, momoWorker } from '../roles.ts'
import { notificationKind } from '../values.ts'

export const notifications = table(app, 'notifications', {
  classification: 'internal',
  retention: 'R4',
  comment: 'What a person should see in the app. The text is made on the phone, from the kind and the data, in its language.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    user_id: uuid().comment('Whom it is for; NULL for everybody who works there'),
    kind: notificationKind().notNull().comment('What it is about'),
    template: text().notNull().comment('Which text of the app it is'),
    data: jsonb().notNull().default({}).classify('financial').comment('What the text is filled with. Ids and amounts, never personal data'),
    read_at: timestamptz().comment('When it was first read'),
    ...mutable,
    ...synced,
  },
  primaryKey: ['id'],
  checks: {
    notifications_data_check: (c) => sql`jsonb_typeof(${c.data}) = 'object' and octet_length(${c.data}::text) <= 4096`,
    notifications_template_check: (c) => sql`${c.template} ~ '^[a-z0-9_.]{1,64}$'`,
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['user_id'], references: users },
    { columns: ['merchant_id', 'origin_device_id'], references: devices.key('merchant_id', 'id') },
  ],
  indexes: {
    notifications_inbox: { on: ['merchant_id', 'user_id', desc('id')], comment: "Serves a person's inbox, newest first" },
    notifications_user: { on: ['user_id'], where: (c) => sql`${c.user_id} is not null`, comment: 'Serves the foreign key' },
    notifications_sync: { on: ['merchant_id', 'sync_xid', 'id'], comment: 'Serves sync: what changed since a phone last pulled' },
    notifications_old: { on: ['created_at'], comment: 'Serves retention: 180 days' },
    notifications_origin_device: {
      on: ['merchant_id', 'origin_device_id'],
      where: (c) => sql`${c.origin_device_id} is not null`,
      comment: 'Serves the foreign key, when a device is removed',
    },
  },
  options: { fillfactor: 80 },
  rowSecurity: {
    force: true,
    policies: {
      mine: { for: 'select', to: momoApp, using: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, sql`${c.user_id} is null or ${c.user_id} = ${theUser}`) },
      read: {
        for: 'update',
        to: momoApp,
        using: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, sql`${c.user_id} = ${theUser}`),
      },
      worker: allRows(momoWorker),
      open_for_update: openMerchant.open_for_update,
      ...ledger,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: [momoApp, momoWorker], privileges: ['select'] },
    { to: momoApp, privileges: ['update'], columns: ['read_at', 'deleted_at', 'origin_device_id', 'client_updated_at'] },
    { to: [momoLedger, momoWorker], privileges: ['insert'] },
  ],
})
guard(notifications, { audit: 'ref' })
