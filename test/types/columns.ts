import { desc, enumType, existingRole, fn, foreignKey, index, integer, oneOf, op, policy, range, sql, table, text, trigger, uuid } from 'pgintent'

const app = existingRole('app')
const touch = fn('app', 'touch', { returns: 'trigger', language: 'plpgsql', body: 'begin return new; end' })
const columns = { id: uuid(), name: text(), amount: integer() }

// Every list of columns knows the columns.
// @ts-expect-error: a misspelt column in the primary key
table('app', 'a', { columns, primaryKey: ['idd'] })
// @ts-expect-error: a misspelt column in a named primary key
table('app', 'b', { columns, primaryKey: { on: ['idd'], name: 'b_key' } })
// @ts-expect-error: a misspelt column in a unique constraint
table('app', 'c', { columns, unique: { c_name: ['nam'] } })
// @ts-expect-error: a misspelt column in a unique index
table('app', 'd', { columns, unique: { d_name: { on: [desc('nam')] } } })
// @ts-expect-error: a misspelt column in an index
table('app', 'e', { columns, indexes: { e_name: { on: ['nam'] } } })
// @ts-expect-error: a misspelt column with an operator class
table('app', 'f', { columns, indexes: { f_name: { on: [op('nam', 'text_pattern_ops')] } } })
// @ts-expect-error: a misspelt column that an index includes
table('app', 'g', { columns, indexes: { g_name: { on: ['name'], include: ['amout'] } } })
// @ts-expect-error: a misspelt column in a short index
table('app', 'h', { columns, indexes: { h_name: ['nam'] } })
// @ts-expect-error: a misspelt column in a partition key
table('app', 'i', { columns, partitionBy: range('idd') })
// @ts-expect-error: a misspelt column in column grants
table('app', 'j', { columns, grants: [{ to: app, privileges: ['select'], columns: ['nam'] }] })
// @ts-expect-error: a misspelt column in a trigger
table('app', 'k', { columns, triggers: { touch: { timing: 'before', events: ['update'], updateOf: ['nam'], function: touch } } })
// @ts-expect-error: a misspelt column of a foreign key
table('app', 'l', { columns, foreignKeys: [{ columns: ['idd'], references: 'self' }] })

// Every callback gets just the columns.
// @ts-expect-error: a misspelt column in a check
table('app', 'm', { columns, checks: { m_check: (c) => sql`${c.amout} > 0` } })
// @ts-expect-error: a misspelt column in an index's predicate
table('app', 'n', { columns, indexes: { n_name: { on: ['name'], where: (c) => sql`${c.amout} > 0` } } })
// @ts-expect-error: a misspelt column in an index on an expression
table('app', 'o', { columns, indexes: { o_name: { on: (c) => [sql`lower(${c.nam})`] } } })
// @ts-expect-error: a misspelt column in a policy
table('app', 'p', { columns, rowSecurity: { policies: { own: { using: (c) => sql`${c.nam} = current_user` } } } })
// @ts-expect-error: a misspelt column in a trigger's condition
table('app', 'q', { columns, triggers: { touch: { timing: 'before', events: ['update'], level: 'row', when: (c) => sql`new.${c.nam} is null`, function: touch } } })

// The words that stand apart know the table as well.
const known = table('app', 'known', { columns, primaryKey: ['id'] })
// @ts-expect-error: a misspelt column in an index apart from its table
index(known, 'known_nam', ['nam'])
// @ts-expect-error: a misspelt column in a policy apart from its table
policy(known, 'own', { using: (c) => sql`${c.nam} = current_user` })
// @ts-expect-error: a misspelt column in a trigger apart from its table
trigger(known, 'touch', { timing: 'before', events: ['update'], updateOf: ['nam'], function: touch })
// @ts-expect-error: a misspelt column in a foreign key apart from its table
foreignKey(known, { columns: ['idd'], references: known })
// @ts-expect-error: a misspelt column of a table in SQL
export const misspelt = sql`select ${known.columns.nam}`
// @ts-expect-error: a misspelt column in a key
known.key('idd')

// An inherited column is a column; a child's is not its parent's.
const child = table('app', 'child', { inherits: [known], columns: { more: text() }, indexes: { child_name: ['name', 'more'] } })
export const inherited = child.columns.amount
// @ts-expect-error: the parent has no such column
export const foreign = known.columns.more

// Defaults are values of the column.
// @ts-expect-error: text is no integer
integer().default('1')
// @ts-expect-error: not one of the values
oneOf(['open', 'closed']).default('shut')
const mood = enumType('app', 'mood', ['sad', 'ok'])
// @ts-expect-error: not one of the enum's values
mood().default('happy')
mood().default('ok').notNull()
