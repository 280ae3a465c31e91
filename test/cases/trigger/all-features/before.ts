import { fn, integer, namespace, table, text } from 'pgintent'

const app = namespace('app')
const touch = fn(app, 'touch', { returns: 'trigger', language: 'plpgsql', body: 'begin return new; end' })
const columns = { id: integer().notNull(), status: text(), n: integer() }
table(app, 't', {
  columns,
  triggers: {
    changes: { timing: 'before', events: ['update'], level: 'row', function: touch },
    goes: { timing: 'after', events: ['delete'], function: touch },
    switched_off: { timing: 'after', events: ['insert'], function: touch },
    renamed: { timing: 'after', events: ['truncate'], function: touch },
  },
})
