import { trigger, type Table, type TriggerSpec } from 'pgintent'
import { logChange, refuseChange, refuseTruncate, stampSync, touch } from '../guards.ts'
import { columnNames } from './names.ts'
import { redactedColumns } from './redacted.ts'

/** How much of a row the audit log keeps; see audit.log_change(). */
export type AuditMode = 'full' | 'diff' | 'ref'

/** The columns of a table, by name. */
type NameOf<T> = T extends Table<any, any> ? keyof T['columns'] & string : never

interface Guarded<C> {
  readonly audit: AuditMode | 'none'
  readonly appendOnly?: boolean
  /** Columns that people write whatever they like into. The audit log shows that they changed, and no word of them. */
  readonly freeText?: readonly C[]
}

/** Also while session_replication_role is replica, which would silence them. A bulk load that must not be audited disables the trigger, and that is DDL. */
export const always = { enabled: 'always' } as const

export const noTruncate: TriggerSpec<never> = { timing: 'before', events: ['truncate'], function: refuseTruncate, ...always }

/**
 * What every table has: no TRUNCATE, an audit trail, and the bookkeeping that its columns ask for. Tables that are append-only
 * refuse UPDATE and DELETE as well.
 */
export function guard<T extends Table<any, any>>(table: T, { audit, appendOnly = false, freeText = [] }: Guarded<NameOf<T>>): void {
  const names = columnNames(table)
  trigger(table, 'a0_no_truncate', noTruncate)
  if (appendOnly) trigger(table, 'a0_append_only', { timing: 'before', events: ['update', 'delete'], level: 'row', function: refuseChange, ...always })
  if (names.includes('row_version')) trigger(table, 'b0_touch', { timing: 'before', events: ['update'], level: 'row', function: touch })
  if (names.includes('sync_xid')) trigger(table, 'b1_sync', { timing: 'before', events: ['insert', 'update'], level: 'row', function: stampSync })
  if (audit === 'none') return
  const { digested, blanked } = redactedColumns(table, freeText)
  trigger(table, 'z9_audit', {
    timing: 'after',
    events: ['insert', 'update', 'delete'],
    level: 'row',
    function: logChange,
    arguments: [audit, `{${digested.join(',')}}`, `{${blanked.join(',')}}`],
    ...always,
  })
}
