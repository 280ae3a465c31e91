import { and, bigint, sql, table, text, timestamptz, uuid, xid8 } from 'pgintent'
import { theDevice, theMerchant } from '../context.ts'
import { base, mutable } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, openMerchant, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { devices } from '../people/devices.ts'
import { momoAuditor, momoSync, momoWorker } from '../roles.ts'

export const syncCursors = table(app, 'sync_cursors', {
  classification: 'internal',
  retention: 'R4',
  comment: 'How far each device has pulled and pushed, stream by stream. What the device says it has is believed; this is for those who look after it.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    device_id: uuid().notNull().comment('The device'),
    stream: text().notNull().comment('A table, or a bundle of them'),
    epoch: uuid().notNull().comment('The epoch of ops.cluster_epoch that last_xid belongs to'),
    last_xid: xid8().notNull().comment('The transaction that the next pull goes on with'),
    last_id: uuid().comment('The last row taken of that transaction'),
    last_pull_at: timestamptz().comment('When it last pulled'),
    last_push_at: timestamptz().comment('When it last pushed'),
    last_push_seq: bigint().notNull().default(0).comment('The number of its last push. A batch with a lower one is a repetition'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: { sync_cursors_device_stream_key: { on: ['device_id', 'stream'], comment: 'Serves every pull: how far is this device' } },
  checks: { sync_cursors_push_check: (c) => sql`${c.last_push_seq} >= 0` },
  foreignKeys: [{ columns: ['merchant_id', 'device_id'], references: devices.key('merchant_id', 'id') }],
  indexes: {
    sync_cursors_device: { on: ['merchant_id', 'device_id'], comment: 'Serves the foreign key' },
    sync_cursors_silent: { on: ['last_pull_at'], comment: 'Serves retention: devices silent for more than a year' },
  },
  options: { fillfactor: 80 },
  rowSecurity: {
    force: true,
    policies: {
      device: {
        for: 'all',
        to: momoSync,
        using: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, sql`${c.device_id} = ${theDevice}`),
      },
      services: allRows([momoWorker, momoAuditor], 'select'),
      ...openMerchant,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: [momoSync, momoWorker, momoAuditor], privileges: ['select'] },
    { to: momoSync, privileges: ['insert'], columns: ['merchant_id', 'device_id', 'stream', 'epoch', 'last_xid', 'last_id', 'last_pull_at', 'last_push_at'] },
    { to: momoSync, privileges: ['update'], columns: ['epoch', 'last_xid', 'last_id', 'last_pull_at', 'last_push_at', 'last_push_seq'] },
  ],
})
// Written with every pull, and tells nothing that sync_conflicts and the transactions do not.
guard(syncCursors, { audit: 'ref' })
