import { desc, inet, jsonb, sql, table, text, timestamptz, uuid, xid8 } from 'pgintent'
import { can } from '../context.ts'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { byMonth, insertOnly } from '../lib/partitions.ts'
import { allRows, migrations, tenantReads } from '../lib/policies.ts'
import { audit } from '../namespaces.ts'
import { momoApp, momoAuditor, momoAuditWriter } from '../roles.ts'
import { auditOp } from '../values.ts'

export const auditLog = table(audit, 'audit_log', {
  classification: 'internal',
  retention: 'R3',
  comment: 'Who changed which row, when, from where, and what it was. Written by trigger alone, append-only. Encrypted and hashed columns are in it as digests.',
  columns: {
    ...base,
    occurred_at: timestamptz()
      .notNull()
      .default(sql`clock_timestamp()`)
      .comment('When it happened'),
    merchant_id: uuid().comment('The tenant of the row; NULL for what belongs to none'),
    actor_user_id: uuid().comment('The user of the request'),
    actor_device_id: uuid().comment('The device of the request'),
    db_role: text().notNull().comment('Who had logged in to the database'),
    effective_role: text().comment('What they had SET ROLE to'),
    request_id: uuid().comment('The request, as the logs of the services know it'),
    client_addr: inet().classify('pii').comment('Where the connection came from'),
    app_name: text().comment('What the connection called itself'),
    table_name: text().notNull().comment('The table, also for a row of a partition'),
    row_id: uuid().comment('The row; NULL for what concerns a whole table'),
    op: auditOp().notNull().comment('What happened'),
    changed_columns: text().array().comment('What an UPDATE changed'),
    old_data: jsonb().classify('internal').comment('What was there before'),
    new_data: jsonb().classify('internal').comment('What was there after'),
    xid: xid8()
      .notNull()
      .default(sql`pg_current_xact_id()`)
      .comment('The transaction'),
  },
  primaryKey: ['id'],
  // No seal_id: a seal covers a range of transactions, so that sealing changes no row of an append-only table.
  indexes: {
    audit_xid: { on: ['xid', 'id'], comment: 'Serves sealing: the rows of a range of transactions' },
    audit_row: { on: ['merchant_id', 'table_name', 'row_id', desc('id')], comment: 'Serves Q12: the history of one row' },
    audit_actor: { on: ['actor_user_id', desc('id')], comment: 'Serves: what has this person done' },
    audit_occurred: {
      on: ['occurred_at'],
      using: 'brin',
      options: { pages_per_range: 32, autosummarize: true },
      comment: 'Serves a range of time over everything',
    },
  },
  partitionBy: byMonth(insertOnly),
  rowSecurity: {
    force: true,
    policies: {
      tenant: tenantReads(can('audit.view')),
      auditor: allRows(momoAuditor, 'select'),
      writer: allRows(momoAuditWriter),
      ...migrations,
    },
  },
  grants: [
    { to: [momoApp, momoAuditor], privileges: ['select'] },
    { to: momoAuditWriter, privileges: ['select', 'insert'] },
  ],
})
guard(auditLog, { audit: 'none', appendOnly: true })
