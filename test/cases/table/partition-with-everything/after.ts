import { bigint, namespace, range, role, sql, table, text, timestamptz } from 'pgintent'

const app = namespace('app')
const tenant = role('pw_tenant')
table(app, 'e', {
  columns: { id: bigint().identity('always'), at: timestamptz().notNull(), what: text() },
  primaryKey: ['id', 'at'],
  partitionBy: range('at'),
  partitions: {
    e_1: { from: '2026-01-01 00:00:00+00', to: '2026-02-01 00:00:00+00' },
    e_2: { from: '2026-02-01 00:00:00+00', to: '2026-03-01 00:00:00+00', columns: { what: { default: sql`'new'::text` } }, rowSecurity: { force: true } },
  },
  rowSecurity: { force: true, policies: { p: { to: [tenant], using: (c) => sql`${c.what} = current_user` } } },
  grants: [{ to: tenant, privileges: ['select'] }],
})
