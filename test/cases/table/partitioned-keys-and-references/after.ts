import { bigint, foreignKey, integer, namespace, range, sql, table } from 'pgintent'

const app = namespace('app')
const p = table(app, 'p', {
  columns: { id: integer().notNull(), a: bigint() },
  primaryKey: ['id'],
  checks: { p_a: (c) => sql`${c.a} > 0` },
  indexes: { p_a_idx: ['a'] },
  partitionBy: range('id'),
  partitions: { p1: { from: 1, to: 10, indexes: { p1_own: ['a', 'id'] }, options: { fillfactor: 70 } }, p2: { from: 10, to: 30 } },
})
const r = table(app, 'r', { columns: { id: integer().notNull(), p_id: integer() }, primaryKey: ['id'], foreignKeys: [{ columns: ['p_id'], references: p }] })
foreignKey(p, { columns: ['a'], references: r.key('id').anyType() })
