import * as z from 'zod'
import { defineKind } from '../contract.ts'
import { relationSlot } from '../relation.ts'
import { qualified, ident } from '../../sql/identifier.ts'
import { literal } from '../../sql/literal.ts'
import { alterValues } from './render.ts'

const schema = z.strictObject({ values: z.array(z.string().max(63)) })
export type EnumAttrs = z.infer<typeof schema>

export const enumType = defineKind<EnumAttrs>({
  kind: 'enum',
  label: 'enum',
  weight: 20,
  schema,
  catalog: () => `
    select json_build_array(n.nspname, t.typname) as path,
           json_build_array(json_build_array(1247, t.oid::int8, 0), json_build_array(1247, t.typarray::int8, 0)) as addresses,
           json_build_array(2615, n.oid::int8, 0) as parent,
           json_build_object('values', coalesce((select json_agg(e.enumlabel order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid), '[]')) as attrs
    from pg_type t join n on n.oid = t.typnamespace
    where t.typtype = 'e' and not exists (select from ext x where x.classid = 1247 and x.objid = t.oid)`,
  create: (o) => [`CREATE TYPE ${qualified(o.path)} AS ENUM (${o.attrs.values.map(literal).join(', ')})`],
  drop: (o) => [`DROP TYPE ${qualified(o.path)}`],
  alter: { values: alterValues },
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  slots: (o) => [relationSlot(o.path)],
  hazards: (type, from, to) => {
    if (type !== 'alter') return []
    const gone = from!.attrs.values.filter((v) => !to!.attrs.values.includes(v))
    if (gone.length === 0) return []
    return [
      {
        name: 'enum_value_removed',
        destructive: true,
        sentence: `${gone.map((v) => `'${v}'`).join(', ')} ${gone.length === 1 ? 'leaves' : 'leave'} the enum: every column of the type is rewritten, and a row that still has it makes the step fail`,
      },
    ]
  },
  rename: (from, to) => [`ALTER TYPE ${qualified(from.path)} RENAME TO ${ident(to.path.at(-1)!)}`],
})
