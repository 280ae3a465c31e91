import { fn, integer, namespace, table } from 'pgintent'

const app = namespace('app')
const f = fn(app, 'stamp', { returns: 'trigger', language: 'plpgsql', body: 'begin return new; end' })
table(app, 't', { columns: { id: integer() }, triggers: { stamped: { timing: 'before', events: ['insert'], level: 'row', function: f } } })
