import * as z from 'zod'
import { defineKind } from '../contract.ts'
import { ident, qualified } from '../../sql/identifier.ts'

const schema = z.strictObject({ table: z.array(z.string()), column: z.string() })
export type SequenceOwnerAttrs = z.infer<typeof schema>

/** OWNED BY, apart from the sequence, because the column's default needs the sequence first. */
export const sequenceOwner = defineKind<SequenceOwnerAttrs>({
  kind: 'sequence_owner',
  label: 'owned by',
  weight: 62,
  schema,
  catalog: () => `
    select json_build_array(r.nspname, r.relname) as path,
           json_build_array(1259, r.oid::int8, 0) as parent,
           json_build_object('table', json_build_array(t.nspname, t.relname), 'column', a.attname) as attrs,
           json_build_array(json_build_array(1259, t.oid::int8, a.attnum)) as needs
    from rel r join pg_depend d on d.classid = 1259 and d.objid = r.oid and d.refclassid = 1259 and d.deptype = 'a' and d.refobjsubid > 0
    join rel t on t.oid = d.refobjid join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    where r.relkind = 'S'`,
  create: (o) => [`ALTER SEQUENCE ${qualified(o.path)} OWNED BY ${qualified(o.attrs.table)}.${ident(o.attrs.column)}`],
  drop: (o) => [`ALTER SEQUENCE ${qualified(o.path)} OWNED BY NONE`],
  alter: {
    table: (_, to) => [`ALTER SEQUENCE ${qualified(to.path)} OWNED BY ${qualified(to.attrs.table)}.${ident(to.attrs.column)}`],
    column: (_, to) => [`ALTER SEQUENCE ${qualified(to.path)} OWNED BY ${qualified(to.attrs.table)}.${ident(to.attrs.column)}`],
  },
  dropsWithParent: true,
  survivesRetype: true,
  stateless: true,
})
