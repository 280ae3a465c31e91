import { bigint, domain, enumType, foreignKey, integer, self, table, text, uuid, varchar } from 'pgintent'

const minor = domain('app', 'minor', { as: bigint() })
const mood = enumType('app', 'mood', ['sad', 'ok'])
const parents = table('app', 'parents', {
  columns: { id: uuid(), number: bigint(), code: varchar(10), mood: mood() },
  primaryKey: ['id'],
  unique: [['number', 'code']],
})
const noKey = table('app', 'no_key', { columns: { id: uuid() } })
const columns = { id: uuid(), parent: uuid(), number: bigint(), small: integer(), code: varchar(20), amount: minor(), above: uuid(), words: text() }

// What fits: a primary key, a chosen key in its order, a domain and its base type, lengths that differ, the table itself.
table('app', 'good', {
  columns,
  primaryKey: ['id'],
  foreignKeys: [
    { columns: ['parent'], references: parents },
    { columns: ['number', 'code'], references: parents.key('number', 'code') },
    { columns: ['amount', 'code'], references: parents.key('number', 'code'), onDelete: 'cascade' },
    { columns: ['above'], references: 'self' },
    { columns: ['above'], references: self('parent') },
    { columns: ['small', 'code'], references: parents.key('number', 'code').anyType() },
  ],
})

// @ts-expect-error: integer to uuid
table('app', 'a', { columns, foreignKeys: [{ columns: ['small'], references: parents }] })
// @ts-expect-error: integer to bigint
table('app', 'b', { columns, foreignKeys: [{ columns: ['small', 'code'], references: parents.key('number', 'code') }] })
// @ts-expect-error: the key in another order
table('app', 'c', { columns, foreignKeys: [{ columns: ['number', 'code'], references: parents.key('code', 'number') }] })
// @ts-expect-error: two columns to a key of one
table('app', 'd', { columns, foreignKeys: [{ columns: ['parent', 'number'], references: parents }] })
// @ts-expect-error: no primary key to refer to
table('app', 'e', { columns, foreignKeys: [{ columns: ['parent'], references: noKey }] })
// @ts-expect-error: the own primary key is a uuid
table('app', 'f', { columns, primaryKey: ['id'], foreignKeys: [{ columns: ['number'], references: 'self' }] })
// @ts-expect-error: bigint to an own uuid
table('app', 'g', { columns, primaryKey: ['id'], foreignKeys: [{ columns: ['number'], references: self('id') }] })
// @ts-expect-error: text to an enum
table('app', 'h', { columns, foreignKeys: [{ columns: ['words'], references: parents.key('mood') }] })

const later = table('app', 'later', { columns, primaryKey: ['id'] })
foreignKey(later, { columns: ['parent'], references: parents })
// @ts-expect-error: bigint to uuid, apart from the table
foreignKey(later, { columns: ['number'], references: parents })
