import { fn, integer, namespace, sql, table, text, view } from 'pgintent'

const app = namespace('app')
const columns = { id: integer().notNull(), name: text() }
const slug = fn(app, 'slug', { args: { name: text(), separator: text().default('-') }, returns: text(), volatility: 'immutable', body: 'select lower(name) || separator' })
const t = table(app, 't', {
  columns: { ...columns, slug: text().default(sql`${slug('none')}`) },
  checks: { t_slug: (c) => sql`${slug(c.name)} <> ''` },
  indexes: { t_slugs: { on: [sql`${slug(sql`name`)}`] } },
  rowSecurity: { policies: { p: { using: (c) => sql`${slug(c.name)} <> 'x'` } } },
})
view(app, 'v', { as: sql`select ${slug(sql`t.name`)} as slug from ${t} t` })
