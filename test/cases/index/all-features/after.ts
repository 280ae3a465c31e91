import { asc, collate, desc, extension, integer, jsonb, namespace, nullsLast, op, sql, table, text, timestamptz } from 'pgintent'

const app = namespace('app')
extension('pg_trgm', { namespace: app })
const columns = { id: integer().notNull(), name: text(), tags: text().array(), doc: jsonb(), at: timestamptz() }
table(app, 't', {
  columns,
  indexes: {
    t_name: { on: [op('name', 'text_pattern_ops')] },
    t_desc: { on: [nullsLast(desc('at')), asc('id')] },
    t_fill: { on: ['id'], options: { fillfactor: 90 } },
    t_lower: { on: [sql`lower(name)`], unique: true, where: (c) => sql`${c.id} > 0`, comment: 'Names without case' },
    t_gin: { on: ['tags'], using: 'gin', options: { fastupdate: false } },
    t_path: { on: [op('doc', 'jsonb_path_ops')], using: 'gin' },
    t_trgm: { on: [op('name', 'app.gin_trgm_ops')], using: 'gin' },
    t_brin: { on: ['at'], using: 'brin', options: { pages_per_range: 32 } },
    t_hash: { on: ['name'], using: 'hash' },
    t_cover: { on: [collate('name', 'C')], include: ['id', 'at'] },
    t_distinct: { on: ['name', 'id'], unique: true, nullsNotDistinct: true },
    t_stats: { on: [sql`(id * 2)`], statistics: { 1: 500 } },
  },
})
