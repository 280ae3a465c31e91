import { integer, namespace, raw, sql, table } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer(), a: integer() } })
raw('search configuration', {
  create: sql`CREATE TEXT SEARCH CONFIGURATION app.plain (copy = pg_catalog.simple)`,
  undo: sql`DROP TEXT SEARCH CONFIGURATION app.plain`,
  exists: sql`SELECT EXISTS (SELECT FROM pg_ts_config WHERE cfgname = 'plain')`,
  needs: [t],
})
raw('cast', {
  create: sql`CREATE CAST (app.t AS jsonb) WITH INOUT`,
  undo: sql`DROP CAST (app.t AS jsonb)`,
  exists: sql`SELECT EXISTS (SELECT FROM pg_cast WHERE castsource = to_regtype('app.t'))`,
  needs: [t],
})
