import { extension, integer, namespace, op, sql, table, tstzrange, type } from 'pgintent'

const app = namespace('app')
extension('citext', { namespace: app, comment: 'Text without case' })
extension('btree_gist', { namespace: app })
extension('pg_trgm', { namespace: app })
table(app, 'users', {
  columns: { id: integer().notNull(), email: type('app.citext'), during: tstzrange() },
  primaryKey: ['id'],
  exclude: {
    users_once: {
      on: [
        ['id', '='],
        ['during', '&&'],
      ],
    },
  },
  indexes: { users_like: { on: [op(sql`(email::text)`, 'app.gin_trgm_ops')], using: 'gin' } },
})
