import { and, bigint, desc, jsonb, sql, table, text, timestamptz, uuid } from 'pgintent'
import { can, theDevice, theMerchant } from '../context.ts'
import { sha256 } from '../domains.ts'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, openMerchant, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { devices } from '../people/devices.ts'
import { users } from '../people/users.ts'
import { momoApp, momoAuditor, momoSync } from '../roles.ts'
import { conflictResolution } from '../values.ts'

export const syncConflicts = table(app, 'sync_conflicts', {
  classification: 'internal',
  retention: 'R4',
  comment: 'Changes that two devices made to the same row without knowing of each other, and what became of them. Nothing that a phone sent is lost without a row here.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    device_id: uuid().notNull().comment('The device whose change came second'),
    table_name: text().notNull().comment('The table, as streams name it'),
    row_id: uuid().notNull().comment('The row'),
    op_id: text().comment('The operation, as the device calls it'),
    base_version: bigint().notNull().comment('The row_version that the device started from'),
    server_version: bigint().notNull().comment('The row_version it met'),
    client_patch: jsonb().notNull().classify('pii').comment('What the device wanted to change'),
    server_row_hash: sha256().comment('Digest of the row it met'),
    resolution: conflictResolution().notNull().comment('What became of it'),
    resolved_by: uuid().comment('Who decided, where a person did'),
    resolved_at: timestamptz().comment('When it was settled; NULL while it waits for a person'),
  },
  primaryKey: ['id'],
  checks: { sync_conflicts_patch_check: (c) => sql`jsonb_typeof(${c.client_patch}) = 'object' and octet_length(${c.client_patch}::text) <= 16384` },
  foreignKeys: [
    { columns: ['merchant_id', 'device_id'], references: devices.key('merchant_id', 'id') },
    { columns: ['resolved_by'], references: users },
  ],
  indexes: {
    sync_conflicts_open: { on: ['merchant_id', desc('id')], where: (c) => sql`${c.resolved_at} is null`, comment: 'Serves the list of what a person must decide' },
    sync_conflicts_device: { on: ['merchant_id', 'device_id', desc('id')], comment: "Serves a device's history, and the foreign key" },
    sync_conflicts_resolver: { on: ['resolved_by'], where: (c) => sql`${c.resolved_by} is not null`, comment: 'Serves the foreign key' },
    sync_conflicts_old: { on: ['created_at'], comment: 'Serves retention: one year' },
  },
  rowSecurity: {
    force: true,
    policies: {
      mine: {
        for: 'select',
        to: momoApp,
        using: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, sql`${c.device_id} = ${theDevice} or ${can('conflict.resolve')}`),
      },
      report: { for: 'insert', to: momoSync, check: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, sql`${c.device_id} = ${theDevice}`) },
      resolve: {
        for: 'update',
        to: momoApp,
        using: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, can('conflict.resolve')),
      },
      auditor: allRows(momoAuditor, 'select'),
      ...openMerchant,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: [momoApp, momoAuditor], privileges: ['select'] },
    {
      to: momoSync,
      privileges: ['insert'],
      columns: [
        'merchant_id', 'device_id', 'table_name', 'row_id', 'op_id', 'base_version', 'server_version', 'client_patch', 'server_row_hash', 'resolution',
        'resolved_at',
      ], // prettier-ignore
    },
    { to: momoApp, privileges: ['update'], columns: ['resolution', 'resolved_by', 'resolved_at'] },
  ],
})
guard(syncConflicts, { audit: 'diff' })
