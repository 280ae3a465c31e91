import { trigger, type Table, type TriggerSpec } from 'pgintent'
import { logChange, refuseChange, refuseTruncate, stampSync, touch } from '../guards.ts'
import { columnNames } from './names.ts'

/** How much of a row the audit log keeps; see audit.log_change(). */
export type AuditMode = 'full' | 'diff' | 'ref'

/** What the audit log must not hold in the clear, by the names that such columns have here: it is kept longer than they are. */
const sensitive = /_(enc|bidx|hash|last4)$|^wrapped_dek$|^auth_subject$/

/** Also while session_replication_role is replica, which would silence them. A bulk load that must not be audited disables the trigger, and that is DDL. */
export const always = { enabled: 'always' } as const

export const noTruncate: TriggerSpec<never> = { timing: 'before', events: ['truncate'], function: refuseTruncate, ...always }

/**
 * What every table has: no TRUNCATE, an audit trail, and the bookkeeping that its columns ask for. Tables that are append-only
 * refuse UPDATE and DELETE as well.
 */
export function guard(table: Table<any, any>, { audit, appendOnly = false }: { audit: AuditMode | 'none'; appendOnly?: boolean }): void {
  const names = columnNames(table)
  trigger(table, 'a0_no_truncate', noTruncate)
  if (appendOnly) trigger(table, 'a0_append_only', { timing: 'before', events: ['update', 'delete'], level: 'row', function: refuseChange, ...always })
  if (names.includes('row_version')) trigger(table, 'b0_touch', { timing: 'before', events: ['update'], level: 'row', function: touch })
  if (names.includes('sync_xid')) trigger(table, 'b1_sync', { timing: 'before', events: ['insert', 'update'], level: 'row', function: stampSync })
  if (audit === 'none') return
  const redacted = names.filter((n) => sensitive.test(n))
  trigger(table, 'z9_audit', {
    timing: 'after',
    events: ['insert', 'update', 'delete'],
    level: 'row',
    function: logChange,
    arguments: [audit, ...redacted],
    ...always,
  })
}
