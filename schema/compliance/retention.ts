import { interval, sql, table, text, timestamptz } from 'pgintent'
import { countryCode } from '../domains.ts'
import { base, mutable } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { backOffice, momoApp, momoCompliance, momoWorker } from '../roles.ts'
import { retentionAction, retentionAnchor } from '../values.ts'

const readers = [momoApp, momoWorker, momoCompliance, ...backOffice]

export const retentionPolicies = table(app, 'retention_policies', {
  classification: 'internal',
  retention: 'R3',
  comment: 'How long which class of data is kept, by country, and on what legal basis. Where several apply the longest wins; a legal hold beats them all.',
  columns: {
    ...base,
    class: text().notNull().comment('R1 financial, R2 identity, R3 audit, R4 operational, R5 erasable'),
    country: countryCode().comment('Where it applies; NULL where nothing else is said'),
    applies_to: text().array().notNull().comment('The tables'),
    retain: interval().notNull().comment('How long, from the anchor on'),
    anchor: retentionAnchor().notNull().comment('What the clock starts with'),
    action: retentionAction().notNull().comment('What happens then'),
    legal_basis: text().notNull().comment('The law or the need, and whether its text was verified'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: { retention_policies_one: { comment: 'Serves retention: the policy for a class in a country', on: ['class', 'country'], nullsNotDistinct: true } },
  checks: {
    retention_policies_class_check: (c) => sql`${c.class} ~ '^R[1-9][a-z_]*$'`,
    retention_policies_retain_check: (c) => sql`${c.retain} > interval '0'`,
  },
  rowSecurity: { force: true, policies: { everyone: allRows(readers, 'select'), ...owner, ...migrations } },
  grants: [{ to: readers, privileges: ['select'] }],
})
guard(retentionPolicies, { audit: 'full' })

export const retentionRuns = table(app, 'retention_runs', {
  classification: 'internal',
  retention: 'R3',
  comment: 'Asking for retention and approving it are two people: one row for each run, and what it found or did.',
  columns: {
    ...base,
    requested_by: text().notNull().comment('Who asked for it'),
    approved_by: text().comment('Who agreed; another than who asked'),
    approved_at: timestamptz().comment('When they agreed'),
    cutoff: timestamptz().notNull().comment('The moment that ages are counted back from'),
    dry_run: text().notNull().default('not yet run').comment('What a dry run found, in words'),
    executed_at: timestamptz().comment('When it was carried out; it is carried out once'),
    outcome: text().comment('What it did, in words'),
    ...mutable,
  },
  primaryKey: ['id'],
  checks: {
    retention_runs_four_eyes_check: (c) => sql`${c.approved_by} <> ${c.requested_by}`,
    retention_runs_approved_check: (c) => sql`(${c.approved_by} is null) = (${c.approved_at} is null)`,
    retention_runs_executed_check: (c) => sql`${c.executed_at} is null or ${c.approved_at} is not null`,
  },
  rowSecurity: { force: true, policies: { compliance: allRows(momoCompliance, 'select'), ...owner, ...migrations } },
  grants: [{ to: momoCompliance, privileges: ['select'] }],
})
guard(retentionRuns, { audit: 'full' })
