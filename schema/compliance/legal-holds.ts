import { sql, table, text, timestamptz, tstzrange, uuid } from 'pgintent'
import { base, mutable } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { merchants } from '../people/merchants.ts'
import { momoCompliance } from '../roles.ts'
import { signHold } from './sign-decisions.ts'

export const legalHolds = table(app, 'legal_holds', {
  classification: 'internal',
  retention: 'R3',
  comment: 'What may not be deleted whatever its age: a court, a regulator or an investigation asked for it. Retention and erasure refuse to touch it.',
  columns: {
    ...base,
    merchant_id: uuid().comment('The tenant it is about; NULL for all of them'),
    subject_table: text().comment('The table of the one row it is about, as namespace.table; NULL for all'),
    subject_id: uuid().comment('That row'),
    range: tstzrange().notNull().comment('The time whose records are held'),
    reason: text().notNull().comment('The case, as the legal department names it'),
    placed_by: text()
      .notNull()
      .default(sql`session_user`)
      .comment('The login of who placed it; kept by trigger'),
    released_at: timestamptz().comment('When it was lifted; NULL while it holds. Whatever is written here, it is the time of the statement'),
    released_by: text().comment('The login of who lifted it; kept by trigger'),
    ...mutable,
  },
  primaryKey: ['id'],
  checks: {
    legal_holds_subject_check: (c) => sql`(${c.subject_table} is null) = (${c.subject_id} is null)`,
    legal_holds_released_check: (c) => sql`(${c.released_at} is null) = (${c.released_by} is null)`,
    legal_holds_range_check: (c) => sql`not isempty(${c.range})`,
    legal_holds_reason_check: (c) => sql`length(${c.reason}) >= 3`,
  },
  foreignKeys: [{ columns: ['merchant_id'], references: merchants }],
  indexes: {
    legal_holds_merchant: { on: ['merchant_id'], comment: 'Serves: the holds on a merchant, and the foreign key' },
    legal_holds_in_force: {
      on: ['range'],
      using: 'gist',
      where: (c) => sql`${c.released_at} is null`,
      comment: 'Serves retention: does a hold overlap this month',
    },
    legal_holds_subject: {
      on: ['subject_table', 'subject_id'],
      where: (c) => sql`${c.released_at} is null and ${c.subject_id} is not null`,
      comment: 'Serves erasure: is this row held',
    },
  },
  triggers: { a1_sign: { timing: 'before', events: ['insert', 'update'], level: 'row', function: signHold, enabled: 'always' } },
  rowSecurity: { force: true, policies: { compliance: allRows(momoCompliance), ...owner, ...migrations } },
  grants: [
    { to: momoCompliance, privileges: ['select'] },
    { to: momoCompliance, privileges: ['insert'], columns: ['id', 'merchant_id', 'subject_table', 'subject_id', 'range', 'reason'] },
    { to: momoCompliance, privileges: ['update'], columns: ['released_at'] },
  ],
})
guard(legalHolds, { audit: 'full' })
