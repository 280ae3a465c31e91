import { integer, namespace, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const users = table(app, 'users', {
  columns: { id: integer().notNull(), mail: text() },
  primaryKey: ['id'],
  indexes: { users_mail_idx: ['mail'] },
  comment: 'People',
  rowSecurity: { policies: { own: { using: (c) => sql`${c.id} > 0` } } },
})
table(app, 'posts', { columns: { id: integer().notNull(), user_id: integer() }, foreignKeys: [{ columns: ['user_id'], references: users }] })
view(app, 'mails', { as: sql`select u.mail from ${users} u` })
