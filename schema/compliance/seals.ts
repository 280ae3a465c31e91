import { bigint, sql, table, uuid, xid8 } from 'pgintent'
import { sha256 } from '../domains.ts'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, owner } from '../lib/policies.ts'
import { audit } from '../namespaces.ts'
import { momoAuditor, momoAuditWriter } from '../roles.ts'

export const seals = table(audit, 'seals', {
  classification: 'internal',
  retention: 'R3',
  comment:
    'A chain of digests over the audit log, made every few minutes by ops.seal_audit(). A row changed or taken away later no longer fits its seal; copies of the seals belong outside.',
  columns: {
    ...base,
    prev_hash: sha256().comment('The root hash of the seal before; NULL for the first'),
    root_hash: sha256().notNull().comment('Digest of prev_hash and of the digests of the rows'),
    from_xid: xid8().notNull().comment('The first transaction it covers'),
    to_xid: xid8().notNull().comment('The first transaction it does not cover: all before it had ended'),
    from_id: uuid().comment('The least id it covers; NULL when it covers none'),
    to_id: uuid().comment('The greatest'),
    row_count: bigint().notNull().comment('How many rows it covers'),
  },
  primaryKey: ['id'],
  unique: {
    seals_to_xid_key: { on: ['to_xid'], comment: 'Serves sealing: where the last one ended' },
    seals_prev_hash_key: { comment: 'Serves verification: a seal has one successor, so a chain does not fork', on: ['prev_hash'], nullsNotDistinct: true },
  },
  checks: { seals_xid_check: (c) => sql`${c.to_xid} > ${c.from_xid}` },
  rowSecurity: { force: true, policies: { auditor: allRows(momoAuditor, 'select'), writer: allRows(momoAuditWriter), ...owner, ...migrations } },
  grants: [
    { to: momoAuditor, privileges: ['select'] },
    { to: momoAuditWriter, privileges: ['select', 'insert'] },
  ],
})
guard(seals, { audit: 'ref', appendOnly: true })
