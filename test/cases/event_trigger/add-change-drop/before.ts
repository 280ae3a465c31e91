import { eventTrigger, fn, namespace, sql } from 'pgintent'

const app = namespace('app')
const watch = fn(app, 'watch', { args: {}, returns: 'event_trigger', language: 'plpgsql', body: sql`begin end` })
eventTrigger('changes', { event: 'ddl_command_end', tags: ['drop table'], function: watch })
eventTrigger('goes', { event: 'sql_drop', function: watch })
eventTrigger('goes_quiet', { event: 'ddl_command_start', function: watch })
