import * as z from 'zod'
import { satelliteId, type DbObject } from '../../model/object.ts'
import { literal } from '../../sql/literal.ts'
import { defineKind } from '../contract.ts'
import { phrase } from '../phrase.ts'
import { targetOf } from '../satellite.ts'

const schema = z.strictObject({ text: z.string() })
export type CommentAttrs = z.infer<typeof schema>

/** What it has when nobody says otherwise: an extension the comment of its control file, namespace public that of every database. */
function uncommented(o: DbObject<CommentAttrs>): string {
  const name = literal(o.path[0]!)
  if (o.parent!.startsWith('extension:'))
    return `DO $do$BEGIN EXECUTE pg_catalog.format('COMMENT ON EXTENSION %I IS %L', ${name}, (SELECT comment FROM pg_catalog.pg_available_extensions WHERE name = ${name})); END$do$`
  return `COMMENT ON ${phrase(o.parent!, o.path, true)} IS ${o.parent === 'namespace:public' ? "'standard public schema'" : 'NULL'}`
}

/** A comment on any object. Path: that object's path. */
export const comment = defineKind<CommentAttrs>({
  kind: 'comment',
  label: 'comment',
  weight: 95,
  schema,
  catalog: () => `
    select json_build_array(d.classoid::int8, d.objoid::int8, d.objsubid) as of,
           case when d.objsubid > 0 then json_build_array((select attname from pg_attribute a where a.attrelid = d.objoid and a.attnum = d.objsubid)) end as path,
           json_build_object('text', d.description) as attrs
    from pg_description d
    where not (d.classoid = 3079 and d.description = (select x.comment from pg_extension e join pg_available_extensions x on x.name = e.extname where e.oid = d.objoid))
      and (d.objoid >= 16384 or d.classoid = 2615 and d.objoid = to_regnamespace('public'))
      and not (d.classoid = 1259 and exists (select from pg_constraint c where c.conindid = d.objoid and c.contype in ('p', 'u', 'x')))
      and not (d.classoid = 2615 and d.objoid = to_regnamespace('public') and d.description = 'standard public schema')
    union all
    select json_build_array(d.classoid::int8, d.objoid::int8, 0), null, json_build_object('text', d.description) from pg_shdescription d where d.classoid = 1260`,
  read: (row, context) => {
    const t = targetOf(row, context)
    return t === null ? [] : [{ id: satelliteId('comment', t.id), kind: 'comment', path: t.path, parent: t.id, attrs: row.attrs as CommentAttrs, refs: t.refs }]
  },
  create: (o) => [`COMMENT ON ${phrase(o.parent!, o.path, true)} IS ${literal(o.attrs.text)}`],
  drop: (o) => [uncommented(o)],
  alter: { text: (_, to) => [`COMMENT ON ${phrase(to.parent!, to.path, true)} IS ${literal(to.attrs.text)}`] },
  dropsWithParent: true,
  survivesRetype: true,
  stateless: true,
})
