import { bigint, fn, integer, namespace, sql, table } from 'pgintent'

const app = namespace('app')
const current = fn(app, 'current_tenant', { returns: bigint(), volatility: 'stable', body: 'select 1::bigint' })
table(app, 't', { columns: { tenant: integer() }, rowSecurity: { force: true, policies: { own: { using: (c) => sql`${c.tenant} = ${current()}` } } } })
