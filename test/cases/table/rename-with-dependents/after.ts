import { integer, namespace, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const users = table(app, 'accounts', {
  renamedFrom: 'users',
  columns: { id: integer().notNull(), email: text().renamedFrom('mail') },
  primaryKey: { on: ['id'], name: 'users_pkey' },
  indexes: { users_mail_idx: ['email'] },
  comment: 'People',
  rowSecurity: { policies: { own: { using: (c) => sql`${c.id} > 0` } } },
})
table(app, 'posts', { columns: { id: integer().notNull(), user_id: integer() }, foreignKeys: [{ columns: ['user_id'], references: users }] })
view(app, 'mails', { as: sql`select u.email as mail from ${users} u` })
