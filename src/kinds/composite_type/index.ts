import * as z from 'zod'
import { defineKind, type Statement } from '../contract.ts'
import { relationSlot } from '../relation.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import type { DbObject } from '../../model/object.ts'

const attribute = z.strictObject({ name: z.string(), type: z.string(), collation: z.string().nullable() })
const schema = z.strictObject({ attributes: z.array(attribute) })
export type CompositeAttrs = z.infer<typeof schema>
type Attribute = z.infer<typeof attribute>

const spelled = (a: Attribute): string => `${ident(a.name)} ${a.type}${a.collation === null ? '' : ` COLLATE ${a.collation}`}`

/** Attributes are added, dropped and retyped in place; another order needs the type anew. */
function alterAttributes(from: DbObject<CompositeAttrs>, to: DbObject<CompositeAttrs>): readonly Statement[] | 'replace' {
  const before = from.attrs.attributes
  const after = to.attrs.attributes
  const kept = before.filter((a) => after.some((b) => b.name === a.name))
  if (!kept.every((a, i) => after[i]?.name === a.name)) return 'replace'
  const name = qualified(to.path)
  const out: Statement[] = []
  for (const a of before) if (!kept.includes(a)) out.push(`ALTER TYPE ${name} DROP ATTRIBUTE ${ident(a.name)}`)
  kept.forEach((a, i) => {
    const b = after[i]!
    if (a.type !== b.type || a.collation !== b.collation)
      out.push(`ALTER TYPE ${name} ALTER ATTRIBUTE ${ident(b.name)} SET DATA TYPE ${b.type}${b.collation === null ? '' : ` COLLATE ${b.collation}`}`)
  })
  for (const b of after.slice(kept.length)) out.push(`ALTER TYPE ${name} ADD ATTRIBUTE ${spelled(b)}`)
  return out
}

export const compositeType = defineKind<CompositeAttrs>({
  kind: 'composite_type',
  label: 'composite type',
  weight: 26,
  schema,
  catalog: () => `
    select json_build_array(r.nspname, r.relname) as path,
           json_build_array(json_build_array(1259, r.oid::int8, 0), json_build_array(1247, r.reltype::int8, 0), json_build_array(1247, ty.typarray::int8, 0)) as addresses,
           json_build_array(2615, r.relnamespace::int8, 0) as parent,
           json_build_object('attributes', coalesce((
             select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
               'collation', case when a.attcollation <> t.typcollation then format('%I.%I', cn.nspname, co.collname) end) order by a.attnum)
             from pg_attribute a join pg_type t on t.oid = a.atttypid
             left join pg_collation co on co.oid = a.attcollation left join pg_namespace cn on cn.oid = co.collnamespace
             where a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped), '[]')) as attrs
    from rel r join pg_type ty on ty.oid = r.reltype where r.relkind = 'c' and not exists (select from ext x where x.classid = 1247 and x.objid = r.reltype)`,
  create: (o) => [`CREATE TYPE ${qualified(o.path)} AS (${o.attrs.attributes.map(spelled).join(', ')})`],
  drop: (o) => [`DROP TYPE ${qualified(o.path)}`],
  alter: { attributes: alterAttributes },
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  slots: (o) => [relationSlot(o.path)],
  hazards: (type, from, to) =>
    type === 'alter' && from!.attrs.attributes.some((a) => !to!.attrs.attributes.some((b) => b.name === a.name))
      ? [{ name: 'drop_attribute', destructive: true, sentence: 'an attribute goes, with what columns of this type hold in it' }]
      : [],
  rename: (from, to) => [`ALTER TYPE ${qualified(from.path)} RENAME TO ${ident(to.path.at(-1)!)}`],
})
