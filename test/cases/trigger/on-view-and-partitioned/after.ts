import { fn, integer, namespace, range, sql, table, trigger, view } from 'pgintent'

const app = namespace('app')
const write = fn(app, 'write', { returns: 'trigger', language: 'plpgsql', body: 'begin return new; end' })
const t = table(app, 't', { columns: { id: integer().notNull() } })
const v = view(app, 'v', { as: sql`select t.id from ${t} t` })
table(app, 'p', {
  columns: { id: integer().notNull() },
  partitionBy: range('id'),
  partitions: { p1: { from: 1, to: 10 }, p2: { from: 10, to: 20 } },
  triggers: { each: { timing: 'after', events: ['insert'], level: 'row', function: write } },
})
trigger(v, 'instead', { timing: 'instead of', events: ['insert'], level: 'row', function: write })
