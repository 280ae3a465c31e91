import { access, actor, attack, bigint, rows, rowSet, sql, table, text, uuid } from 'pgintent'

const notes = table('app', 'notes', { columns: { id: uuid().notNull(), body: text().notNull(), likes: bigint() }, primaryKey: ['id'] })
const a = rowSet('A')
const ann = actor('ann', { role: 'web', sets: { own: a } })

rows(a, notes, [
  { id: 'x', body: 'b' },
  { id: 'x', body: sql`repeat('b', 3)`, likes: 3n },
])
// @ts-expect-error a column that is not there
rows(a, notes, [{ id: 'x', bodi: 'b' }])
// @ts-expect-error a column without a default is missing
rows(a, notes, [{ id: 'x' }])
// @ts-expect-error a value of another type
rows(a, notes, [{ id: 'x', body: 'b', likes: 'many' }])

access(notes, [[ann, { select: 'own', update: ['own', 'B'] }]], { fresh: { body: 'new' } })
// @ts-expect-error an operation that does not exist
access(notes, [[ann, { merge: 'own' }]])
// @ts-expect-error a column that is not there
access(notes, [], { fresh: { bodi: 'new' } })

attack('reading', { as: ann, sql: sql`select 1`, expect: { rows: 1 }, why: 'x' })
// @ts-expect-error nothing is expected of it
attack('writing', { as: ann, sql: sql`select 1`, why: 'x' })
// @ts-expect-error SQL is no string
attack('writing', { as: ann, sql: 'select 1', expect: { rows: 1 }, why: 'x' })
