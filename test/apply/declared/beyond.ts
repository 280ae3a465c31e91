import { eventTrigger, fn, namespace, sql } from 'pgintent'

const app = namespace('lend')
const watch = fn(app, 'watch', { returns: 'event_trigger', language: 'plpgsql', body: sql`begin end` })
eventTrigger('lend_watch', { event: 'ddl_command_end', function: watch })
