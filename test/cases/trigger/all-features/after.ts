import { fn, integer, namespace, sql, table, text } from 'pgintent'

const app = namespace('app')
const touch = fn(app, 'touch', { returns: 'trigger', language: 'plpgsql', body: 'begin return new; end' })
const columns = { id: integer().notNull(), status: text(), n: integer() }
table(app, 't', {
  columns,
  triggers: {
    changes: {
      timing: 'before',
      events: ['insert', 'update'],
      updateOf: ['status', 'n'],
      level: 'row',
      when: (c) => sql`new.${c.status} IS NOT NULL`,
      function: touch,
      arguments: ['a', "it's"],
      comment: 'Stamps',
    },
    switched_off: { timing: 'after', events: ['insert'], function: touch, enabled: 'disabled' },
    renamed_now: { timing: 'after', events: ['truncate'], function: touch, renamedFrom: 'renamed' },
    seen: { timing: 'after', events: ['update'], function: touch, oldTable: 'before_rows', newTable: 'after_rows' },
    late: { timing: 'after', events: ['insert'], constraint: true, deferrable: true, deferred: true, function: touch },
    always: { timing: 'before', events: ['insert'], level: 'row', function: touch, enabled: 'always' },
  },
})
