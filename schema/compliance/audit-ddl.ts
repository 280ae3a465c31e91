import { eventTrigger, sql, sqlText } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { audit } from '../namespaces.ts'
import { momoAuditWriter } from '../roles.ts'
import { uuidv7 } from '../uuid.ts'

// DDL in the audit log. Only superusers make event triggers (on managed servers the role that stands in for one), and this
// declaration shall be applied by whoever owns the database and may create roles. So the functions are always there, and the
// event triggers only with MOMO_DDL_AUDIT=on, which then belongs into the environment of every plan, apply and drift.
//
// What event triggers do not see is for pgaudit, or log_statement = 'ddl' and log_connections: roles and their memberships,
// databases, and event triggers themselves. Logins too: from PostgreSQL 17 on a login can fire one, but it would have to write,
// and the auditor, who is read-only, could not log in any more.

// What was altered is evidence, what stands in it may be somebody's number. So a statement is kept with its strings and numbers
// blanked, and only where it is certain where they are: not with a comment, a dollar-quoted text, a backslash or a quoted name.
const certain = sqlText(String.raw`current_query() !~ '--|/\*|[$\\"]'`)
const blanked = sqlText(String.raw`regexp_replace(regexp_replace(current_query(), '''[^'']*''', '''…''', 'g'), '\m[0-9][\w.]*', '…', 'g')`)
const statement = sql`CASE WHEN ${certain} THEN left(${blanked}, 4000) END`

const row = (table: string, op: string, data: string) => sql`
  INSERT INTO audit.audit_log (id, db_role, effective_role, client_addr, app_name, table_name, op, new_data, xid)
  SELECT ${uuidv7}(), session_user, nullif(current_setting('role'), 'none'), inet_client_addr(), current_setting('application_name'),
         ${sqlText(table)}, ${sqlText(op)}, jsonb_build_object(${sqlText(data)}, 'statement', ${statement}), pg_current_xact_id()`

const logDdl = definer(audit, 'log_ddl', {
  owner: momoAuditWriter,
  returns: 'event_trigger',
  language: 'plpgsql',
  body: sql`
BEGIN${row(
    `coalesce(c.object_identity, c.command_tag)`,
    `CASE WHEN c.command_tag IN ('GRANT', 'REVOKE', 'ALTER DEFAULT PRIVILEGES') THEN 'GRANT' ELSE 'DDL' END`,
    `'tag', c.command_tag, 'object_type', c.object_type`,
  )}
  FROM pg_event_trigger_ddl_commands() c
  WHERE c.schema_name IS DISTINCT FROM 'pg_temp';
END `,
  comment: 'Writes every DDL command but those on temporary tables to the audit log, grants as GRANT. With its text, literals blanked, where that can be done for certain.',
})

const logDrop = definer(audit, 'log_drop', {
  owner: momoAuditWriter,
  returns: 'event_trigger',
  language: 'plpgsql',
  body: sql`
BEGIN${row(`d.object_identity`, `'DDL'`, `'tag', tg_tag, 'object_type', d.object_type, 'by_cascade', NOT d.original`)}
  FROM pg_event_trigger_dropped_objects() d
  WHERE (d.original OR d.normal) AND NOT d.is_temporary;
END `,
  comment: 'Writes every object that is dropped to the audit log, also what goes with another.',
})

if (process.env['MOMO_DDL_AUDIT'] === 'on') {
  eventTrigger('audit_ddl', { event: 'ddl_command_end', function: logDdl, enabled: 'always', comment: 'Who changed the schema, into audit.audit_log' })
  eventTrigger('audit_drop', { event: 'sql_drop', function: logDrop, enabled: 'always', comment: 'What was dropped from the schema, into audit.audit_log' })
}
