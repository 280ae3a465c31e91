import { integer, namespace, raw, sql, table } from 'pgintent'

const app = namespace('app')
const t = table(app, 't', { columns: { id: integer(), a: integer() } })
raw('statistics', {
  create: sql`CREATE STATISTICS app.t_stats ON id, a FROM app.t`,
  undo: sql`DROP STATISTICS app.t_stats`,
  exists: sql`SELECT to_regclass('app.t') IS NOT NULL AND EXISTS (SELECT FROM pg_statistic_ext WHERE stxname = 't_stats')`,
  needs: [t],
})
raw('collation', {
  create: sql`CREATE COLLATION app.german (provider = icu, locale = 'de')`,
  undo: sql`DROP COLLATION app.german`,
  exists: sql`SELECT EXISTS (SELECT FROM pg_collation WHERE collname = 'german')`,
})
