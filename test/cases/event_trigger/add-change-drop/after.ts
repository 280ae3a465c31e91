import { eventTrigger, fn, integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
const watch = fn(app, 'watch', { args: {}, returns: 'event_trigger', language: 'plpgsql', body: sql`begin end` })
const other = fn(app, 'other', { args: {}, returns: 'event_trigger', language: 'plpgsql', body: sql`begin end` })
table(app, 't', { columns: { id: integer() } })
eventTrigger('changes', { event: 'ddl_command_end', tags: ['drop table', 'alter table'], function: watch, comment: 'Says what went' })
eventTrigger('goes_quiet', { event: 'ddl_command_start', function: watch, enabled: 'disabled' })
eventTrigger('comes', { event: 'table_rewrite', function: other, enabled: 'always', owner: 'postgres' })
