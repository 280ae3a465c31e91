import { enumType, fn, integer, materializedView, namespace, serial, sql, table, view } from 'pgintent'

const app = namespace('app')
const mood = enumType(app, 'mood', ['a', 'b'])
const touch = fn(app, 'touch', { returns: 'trigger', language: 'plpgsql', body: 'begin return new; end' })
const users = table(app, 'users', {
  columns: { id: integer().notNull(), mood: mood(), n: serial() },
  primaryKey: ['id'],
  triggers: { touched: { timing: 'before', events: ['update'], level: 'row', function: touch } },
  comment: 'Users',
})
const posts = table(app, 'posts', {
  columns: { id: integer().notNull(), by: integer() },
  primaryKey: ['id'],
  foreignKeys: [{ columns: ['by'], references: users, onDelete: 'cascade' }],
})
const v = view(app, 'v', { as: sql`select u.id, p.id as post from ${users} u join ${posts} p on p.by = u.id` })
materializedView(app, 'mv', { as: sql`select * from ${v}`, indexes: { mv_id: ['id'] } })
