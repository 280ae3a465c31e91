import * as z from 'zod'
import { defineKind } from '../contract.ts'
import { relationSlot } from '../relation.ts'
import { qualified } from '../../sql/identifier.ts'

const schema = z.strictObject({
  subtype: z.string(), opclass: z.string().nullable(), collation: z.string().nullable(),
  canonical: z.string().nullable(), difference: z.string().nullable(), multirange: z.string(),
}) // prettier-ignore
export type RangeAttrs = z.infer<typeof schema>

export const rangeType = defineKind<RangeAttrs>({
  kind: 'range_type',
  label: 'range type',
  weight: 28,
  schema,
  catalog: () => `
    select json_build_array(n.nspname, t.typname) as path,
           json_build_array(json_build_array(1247, t.oid::int8, 0), json_build_array(1247, t.typarray::int8, 0),
             json_build_array(1247, r.rngmultitypid::int8, 0)) as addresses,
           json_build_array(2615, n.oid::int8, 0) as parent,
           json_build_object('subtype', format_type(r.rngsubtype, null),
             'opclass', (select format('%I.%I', cn.nspname, c.opcname) from pg_opclass c join pg_namespace cn on cn.oid = c.opcnamespace where c.oid = r.rngsubopc and not c.opcdefault),
             'collation', (select format('%I.%I', cn.nspname, c.collname) from pg_collation c join pg_namespace cn on cn.oid = c.collnamespace, pg_type s
                where c.oid = r.rngcollation and s.oid = r.rngsubtype and s.typcollation <> c.oid),
             'canonical', nullif(r.rngcanonical::regproc::text, '-'), 'difference', nullif(r.rngsubdiff::regproc::text, '-'),
             'multirange', m.typname) as attrs
    from pg_range r join pg_type t on t.oid = r.rngtypid join n on n.oid = t.typnamespace join pg_type m on m.oid = r.rngmultitypid
    where not exists (select from ext x where x.classid = 1247 and x.objid = t.oid)`,
  create: (o) => {
    const a = o.attrs
    const parts = [`SUBTYPE = ${a.subtype}`]
    if (a.opclass !== null) parts.push(`SUBTYPE_OPCLASS = ${a.opclass}`)
    if (a.collation !== null) parts.push(`COLLATION = ${a.collation}`)
    if (a.canonical !== null) parts.push(`CANONICAL = ${a.canonical}`)
    if (a.difference !== null) parts.push(`SUBTYPE_DIFF = ${a.difference}`)
    parts.push(`MULTIRANGE_TYPE_NAME = ${qualified([o.path[0]!, a.multirange])}`)
    return [`CREATE TYPE ${qualified(o.path)} AS RANGE (${parts.join(', ')})`]
  },
  drop: (o) => [`DROP TYPE ${qualified(o.path)}`],
  alter: { subtype: 'replace', opclass: 'replace', collation: 'replace', canonical: 'replace', difference: 'replace', multirange: 'replace' },
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  slots: (o) => [relationSlot(o.path)],
})
