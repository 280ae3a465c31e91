import { access, rows, sql } from 'pgintent'
import { archivedRows } from '../schema/compliance/archived-rows.ts'
import { auditLog } from '../schema/compliance/audit-log.ts'
import { encryptionKeys } from '../schema/compliance/encryption-keys.ts'
import { legalHolds } from '../schema/compliance/legal-holds.ts'
import { retentionPolicies, retentionRuns } from '../schema/compliance/retention.ts'
import { seals } from '../schema/compliance/seals.ts'
import { contextKeys } from '../schema/ops/context-keys.ts'
import {
  accountant, auditor, auditWriter, backOffice, compliance, members, nobody, owners, shut, worker,
} from './actors.ts' // prettier-ignore
import { kept, keptByOwner, operated } from './lib/usual.ts'
import { customerOf, shared, shopA, shopB, shopC } from './world.ts'

// Its rows come from the triggers of what the other files insert.
access(auditLog, [
  [[...members, nobody], { select: 'nothing' }],
  [[...owners, accountant, ...shut], { select: 'own' }],
  [auditor, { select: 'all' }],
  // Sealing reads what it seals.
  [auditWriter, { select: 'all', insert: 'all' }],
  ...kept,
])

for (const shop of [shopA, shopB, shopC]) {
  const key = { merchant_id: shop.merchant, kek_ref: `kms://${shop.rows.rowSet}`, wrapped_dek: sql`sha256('wrapped')` } as const
  rows(shop.rows, encryptionKeys, [
    { ...key, purpose: 'pii' },
    { ...key, purpose: 'kyc' },
    { ...key, purpose: 'pii', subject_customer_id: customerOf(shop) },
  ])
  rows(shop.rows, legalHolds, [{ merchant_id: shop.merchant, range: '[2026-01-01T00:00:00Z,2026-02-01T00:00:00Z)', reason: 'Case 1' }])
  rows(shop.rows, archivedRows, [{ merchant_id: shop.merchant, table_name: 'app.refunds', row_id: shop.merchant, row_data: { status: 'successful' } }])
}
// Of no merchant, or of all.
rows(shared, encryptionKeys, [{ purpose: 'pii', kek_ref: 'kms://system', wrapped_dek: sql`sha256('wrapped')` }])
rows(shared, legalHolds, [{ range: '[2025-01-01T00:00:00Z,2025-02-01T00:00:00Z)', reason: 'Case 2' }])
rows(shared, retentionPolicies, [{ class: 'R9', applies_to: ['app.customers'], retain: '1 year', anchor: 'created', action: 'delete', legal_basis: 'Only for this test' }])
rows(shared, retentionRuns, [{ requested_by: 'one', cutoff: new Date('2026-01-01T00:00:00Z') }])
rows(shared, seals, [{ root_hash: sql`sha256('root')`, from_xid: '1', to_xid: '2', row_count: 0n }])
rows(shared, contextKeys, [{ key: sql`sha256('signs nothing here')` }])

access(archivedRows, keptByOwner)
access(encryptionKeys, [[[compliance, worker], { select: 'all' }], ...operated])
access(legalHolds, [[compliance, { select: 'all', insert: 'all', update: 'all' }], ...operated])
access(retentionPolicies, [[[...members, nobody, worker, compliance, ...backOffice], { select: 'all' }], ...operated])
access(retentionRuns, [[compliance, { select: 'all' }], ...operated])
access(seals, [[auditor, { select: 'all' }], [auditWriter, { select: 'all', insert: 'all' }], ...keptByOwner])
// Whoever reads it can sign requests: the functions of its owner, and so whoever may become its owner.
access(contextKeys, operated)
