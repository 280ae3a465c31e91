import { sql, table, text, uuid } from 'pgintent'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, owner } from '../lib/policies.ts'
import { ops } from '../namespaces.ts'
import { momoAuditor, momoAuditWriter, momoWorker } from '../roles.ts'

const readers = [momoWorker, momoAuditor, momoAuditWriter]

export const clusterEpoch = table(ops, 'cluster_epoch', {
  classification: 'internal',
  retention: 'in use',
  comment:
    'Sync cursors are transaction ids, and a logical restore or a move to another major begins those anew. Every epoch is a row; devices with a cursor of an older one pull everything again.',
  columns: {
    ...base,
    epoch: uuid()
      .notNull()
      .default(sql`gen_random_uuid()`)
      .comment('What devices compare'),
    reason: text().notNull().comment('Why a new one began'),
  },
  primaryKey: ['id'],
  unique: { cluster_epoch_epoch_key: { on: ['epoch'], comment: 'Serves every pull: is this the epoch' } },
  rowSecurity: { force: true, policies: { everyone: allRows(readers, 'select'), ...owner, ...migrations } },
  grants: [{ to: readers, privileges: ['select'] }],
})
guard(clusterEpoch, { audit: 'full', appendOnly: true })
