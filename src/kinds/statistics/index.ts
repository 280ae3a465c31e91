import * as z from 'zod'
import type { DbObject } from '../../model/object.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { defineKind } from '../contract.ts'

const schema = z.strictObject({
  /** The relation it is on. */
  table: z.array(z.string()),
  /** In this order; empty for those of a single expression. */
  kinds: z.array(z.enum(['ndistinct', 'dependencies', 'mcv'])),
  /** In the order of the table. */
  columns: z.array(z.string()),
  expressions: z.array(z.string()),
  /** Null for the server's default. */
  target: z.number().nullable(),
})
export type StatisticsAttrs = z.infer<typeof schema>
type Statistics = DbObject<StatisticsAttrs>

function create(o: Statistics): string {
  const a = o.attrs
  const on = [...a.columns.map(ident), ...a.expressions.map((e) => `(${e})`)].join(', ')
  return `CREATE STATISTICS ${qualified(o.path)}${a.kinds.length === 0 ? '' : ` (${a.kinds.join(', ')})`} ON ${on} FROM ${qualified(a.table)}`
}

const setTarget = (o: Statistics): string => `ALTER STATISTICS ${qualified(o.path)} SET STATISTICS ${o.attrs.target ?? -1}`

/** Extended statistics. Path: namespace, name. They go with their table and with any column they are on. */
export const statistics = defineKind<StatisticsAttrs>({
  kind: 'statistics',
  label: 'extended statistics',
  weight: 62,
  schema,
  catalog: (version) => `
    select json_build_array(n.nspname, s.stxname) as path,
           json_build_array(json_build_array(3381, s.oid::int8, 0)) as addresses,
           json_build_array(1259, c.oid::int8, 0) as parent,
           json_build_array(json_build_array(2615, n.oid::int8, 0)) as needs,
           json_build_object('table', json_build_array(cn.nspname, c.relname),
             'kinds', (select coalesce(json_agg(k order by i), '[]') from (values ('d', 'ndistinct', 1), ('f', 'dependencies', 2), ('m', 'mcv', 3)) v(letter, k, i) where v.letter = any (s.stxkind::text[])),
             'columns', (select coalesce(json_agg(a.attname order by u.i), '[]') from unnest(s.stxkeys::int2[]) with ordinality u(attnum, i) join pg_attribute a on a.attrelid = c.oid and a.attnum = u.attnum),
             'expressions', coalesce(to_json(pg_get_statisticsobjdef_expressions(s.oid)), '[]'),
             'target', ${version >= 170000 ? 's.stxstattarget' : 'nullif(s.stxstattarget, -1)'}) as attrs
    from pg_statistic_ext s join n on n.oid = s.stxnamespace join pg_class c on c.oid = s.stxrelid join pg_namespace cn on cn.oid = c.relnamespace
    where not exists (select from ext x where x.classid = 3381 and x.objid = s.oid or x.classid = 1259 and x.objid = c.oid)`,
  create: (o) => [create(o), ...(o.attrs.target === null ? [] : [setTarget(o)])],
  drop: (o) => [`DROP STATISTICS ${qualified(o.path)}`],
  alter: { table: 'replace', kinds: 'replace', columns: 'replace', expressions: 'replace', target: (_, to) => [setTarget(to)] },
  dropsWithParent: true,
  survivesRetype: true,
  stateless: true,
  hazards: (type, from, to) => {
    if (type === 'drop')
      return [
        {
          name: 'drop_statistics',
          destructive: false,
          sentence: `the planner no longer knows how ${qualified(from!.attrs.table)}'s columns hang together, and may choose other plans`,
        },
      ]
    return type === 'alter'
      ? []
      : [{ name: 'empty_statistics', destructive: false, sentence: `${ident(to!.path[1]!)} says nothing until ANALYZE of ${qualified(to!.attrs.table)}` }]
  },
  rename: (from, to) => [`ALTER STATISTICS ${qualified(from.path)} RENAME TO ${ident(to.path[1]!)}`],
})
