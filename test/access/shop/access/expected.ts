import { access, attack, hidden, sql } from 'pgintent'
import { notes, sales, tenants } from '../schema/shop.ts'
import { a, ann, b, chief, nobody, scribe, stranger } from './world.ts'

access(tenants, [
  [ann, { select: 'own' }],
  [nobody, { select: 'nothing' }],
])

access(notes, [
  [ann, { select: 'own', insert: 'own', update: 'own', delete: 'own' }],
  [nobody, { select: 'nothing', insert: 'nothing', update: 'nothing', delete: 'nothing' }],
  [chief, { select: 'nothing' }],
  [[scribe, stranger], { update: 'all', delete: 'all' }],
])

access(sales, [
  [ann, { select: 'own' }],
  [nobody, { select: 'nothing' }],
  [chief, { truncate: 'refused' }],
])

hidden('pii', { but: [ann, nobody] })

attack('the id of another tenant', { as: ann, sql: sql`select from ${notes} where tenant = ${b}`, expect: { rows: 0 }, why: 'Row security hides it.' })
attack('writing where only reading is usual', {
  as: ann,
  sql: sql`insert into ${notes} (tenant, body) values (${b}, 'x')`,
  expect: { error: '25006' },
  why: 'The role is read-only.',
})
attack('a setting', {
  as: ann,
  sql: [sql`select set_config('shop.tenant', ${b}, true)`, sql`select body from ${notes}`],
  expect: { value: 'same' },
  limit: true,
  why: 'A setting is no secret.',
})
attack('the next transaction', {
  as: ann,
  transactions: [
    { context: false, sql: [sql`set transaction read write`, sql`select set_config('shop.tenant', ${a}, true)`, sql`update ${notes} set body = 'changed'`], expect: { rows: 2 } },
    { context: false, sql: sql`select from ${notes}`, expect: { rows: 0 } },
    { sql: sql`select from ${notes} where body = 'changed'`, expect: { rows: 2 } },
  ],
  why: 'What a transaction set ends with it; what it wrote stays.',
})
attack('nothing stays of another attack', { as: ann, sql: sql`select from ${notes} where body = 'changed'`, expect: { rows: 0 }, why: 'Each has its own database.' })
attack('a role taken', { as: stranger, sql: sql`select current_user`, expect: { value: 'clerk' }, why: 'It logs in as boss.' })
