import { sql, table, text, uuid, xid8 } from 'pgintent'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { ledger, migrations, owner, tenantReads } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { merchants } from '../people/merchants.ts'
import { momoLedger, momoSync } from '../roles.ts'
import { tombstoneReason } from '../values.ts'

export const syncTombstones = table(app, 'sync_tombstones', {
  classification: 'internal',
  retention: 'R4',
  comment: 'Rows that a phone must forget although they are not there to be sent: deleted for good, erased, or no longer its business.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    table_name: text().notNull().comment('The table, as streams name it'),
    row_id: uuid().notNull().comment('The row'),
    reason: tombstoneReason().notNull().comment('Why it must go'),
    sync_xid: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`)
      .comment('The transaction that took it away: the sync cursor'),
  },
  primaryKey: ['id'],
  foreignKeys: [{ columns: ['merchant_id'], references: merchants }],
  indexes: {
    sync_tombstones_pull: { on: ['merchant_id', 'sync_xid', 'id'], comment: 'Serves Q8: what disappeared since a phone last pulled' },
    sync_tombstones_old: { on: ['created_at'], comment: 'Serves retention: 180 days, longer than any phone stays away' },
  },
  rowSecurity: { force: true, policies: { tenant: { ...tenantReads(), to: momoSync }, ...ledger, ...owner, ...migrations } },
  grants: [
    { to: momoSync, privileges: ['select'] },
    { to: momoLedger, privileges: ['insert'] },
  ],
})
guard(syncTombstones, { audit: 'ref' })
