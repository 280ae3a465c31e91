import * as z from 'zod'
import { defineKind, type AlterRule } from '../contract.ts'
import { relationSlot } from '../relation.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { alterWithinBounds, boundsTighten, sequenceOptions } from '../sequence-options.ts'

const schema = z.strictObject({
  type: z.enum(['smallint', 'integer', 'bigint']),
  start: z.string(), increment: z.string(), minimum: z.string(), maximum: z.string(), cache: z.string(),
  cycle: z.boolean(), unlogged: z.boolean(),
}) // prettier-ignore
export type SequenceAttrs = z.infer<typeof schema>

const option: AlterRule<SequenceAttrs> = (from, to) => {
  const alter = `ALTER SEQUENCE ${qualified(to.path)} AS ${to.attrs.type} ${sequenceOptions(to.attrs)}`
  if (!boundsTighten(from.attrs, to.attrs)) return [alter]
  return [alterWithinBounds(`SELECT last_value FROM ${qualified(to.path)}`, alter, `RESTART WITH ${to.attrs.start}`, to.attrs)]
}

/** Sequences of identity columns belong to their column and are not listed here; where a sequence stands is data, not schema. */
export const sequence = defineKind<SequenceAttrs>({
  kind: 'sequence',
  label: 'sequence',
  weight: 30,
  schema,
  catalog: () => `
    select json_build_array(r.nspname, r.relname) as path,
           json_build_array(json_build_array(1259, r.oid::int8, 0), json_build_array(1247, r.reltype::int8, 0)) as addresses,
           json_build_array(2615, r.relnamespace::int8, 0) as parent,
           json_build_object('type', format_type(s.seqtypid, null), 'start', s.seqstart::text, 'increment', s.seqincrement::text,
             'minimum', s.seqmin::text, 'maximum', s.seqmax::text, 'cache', s.seqcache::text, 'cycle', s.seqcycle, 'unlogged', r.relpersistence = 'u') as attrs
    from rel r join pg_sequence s on s.seqrelid = r.oid
    where not exists (select from pg_depend d where d.classid = 1259 and d.objid = r.oid and d.refclassid = 1259 and d.deptype = 'i')`,
  create: (o) => [`CREATE ${o.attrs.unlogged ? 'UNLOGGED ' : ''}SEQUENCE ${qualified(o.path)} AS ${o.attrs.type} ${sequenceOptions(o.attrs)}`],
  /** IF EXISTS, because a sequence goes silently with the column that owns it. */
  drop: (o) => [`DROP SEQUENCE IF EXISTS ${qualified(o.path)}`],
  alter: {
    type: option, start: option, increment: option, minimum: option, maximum: option, cache: option, cycle: option,
    unlogged: (_, to) => [`ALTER SEQUENCE ${qualified(to.path)} SET ${to.attrs.unlogged ? 'UNLOGGED' : 'LOGGED'}`],
  }, // prettier-ignore
  dropsWithParent: false,
  survivesRetype: true,
  stateless: false,
  slots: (o) => [relationSlot(o.path)],
  hazards: (type, from) =>
    type === 'drop' ? [{ name: 'drop_sequence', destructive: true, sentence: `sequence ${qualified(from!.path)} goes, with the number it had reached` }] : [],
  rename: (from, to) => [`ALTER SEQUENCE ${qualified(from.path)} RENAME TO ${ident(to.path.at(-1)!)}`],
})
