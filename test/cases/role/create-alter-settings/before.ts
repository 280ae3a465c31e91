import { role } from 'pgintent'

role('ra_owner', { login: true, connectionLimit: 3, settings: { statement_timeout: '5s', search_path: ['app', 'pg_temp'] } })
role('ra_gone', { createDatabase: true, comment: 'Leaves' })
