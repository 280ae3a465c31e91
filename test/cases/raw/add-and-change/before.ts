import { integer, namespace, raw, sql, table } from 'pgintent'

const app = namespace('app')
raw('search configuration', {
  create: sql`CREATE TEXT SEARCH CONFIGURATION app.plain (copy = pg_catalog.simple)`,
  undo: sql`DROP TEXT SEARCH CONFIGURATION app.plain`,
  exists: sql`SELECT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'plain')`,
  needs: [table(app, 't', { columns: { id: integer(), a: integer() } })],
})
