import { fn, integer, namespace, table } from 'pgintent'

const app = namespace('app')
const f = fn(app, 'stamp', { returns: 'trigger', language: 'plpgsql', settings: { search_path: '' }, body: 'begin new.id := 1; return new; end' })
const g = fn(app, 'other', { returns: 'trigger', language: 'plpgsql', body: 'begin return null; end' })
table(app, 't', {
  columns: { id: integer() },
  triggers: { stamped: { timing: 'before', events: ['insert'], level: 'row', function: f }, second: { timing: 'before', events: ['delete'], level: 'row', function: g } },
})
