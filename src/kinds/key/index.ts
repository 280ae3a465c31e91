import * as z from 'zod'
import { idOf, type DbObject } from '../../model/object.ts'
import { ident, identList } from '../../sql/identifier.ts'
import { parseOptions, withOptions } from '../../sql/options.ts'
import * as constraint from '../constraint.ts'
import { defineKind } from '../contract.ts'
import { relationSlot } from '../relation.ts'

const schema = z.strictObject({
  primary: z.boolean(),
  columns: z.array(z.string()),
  include: z.array(z.string()),
  nullsNotDistinct: z.boolean(),
  deferrable: z.boolean(),
  deferred: z.boolean(),
  options: z.record(z.string(), z.string()),
  tablespace: z.string().nullable(),
  withoutOverlaps: z.boolean(),
})
export type KeyAttrs = z.infer<typeof schema>

function clause(o: DbObject<KeyAttrs>): string {
  const a = o.attrs
  const columns = identList(a.columns) + (a.withoutOverlaps ? ' WITHOUT OVERLAPS' : '')
  const include = a.include.length === 0 ? '' : ` INCLUDE (${identList(a.include)})`
  const space = a.tablespace === null ? '' : ` USING INDEX TABLESPACE ${ident(a.tablespace)}`
  const word = a.primary ? 'PRIMARY KEY' : a.nullsNotDistinct ? 'UNIQUE NULLS NOT DISTINCT' : 'UNIQUE'
  return `CONSTRAINT ${ident(o.path[2]!)} ${word} (${columns})${include}${withOptions(a.options)}${space}${constraint.deferral(a)}`
}

/** PRIMARY KEY and UNIQUE. Their index is part of them and is not an object of its own. */
export const key = defineKind<KeyAttrs>({
  kind: 'key',
  label: 'key',
  weight: 44,
  schema,
  catalog: (version) => `
    select json_build_array(r.nspname, r.relname, c.conname) as path,
           json_build_array(json_build_array(2606, c.oid::int8, 0), json_build_array(1259, c.conindid::int8, 0)) as addresses,
           json_build_array(1259, r.oid::int8, 0) as parent,
           json_build_object('primary', c.contype = 'p',
             'columns', ${constraint.columnNames('r.oid', 'c.conkey')},
             'include', ${constraint.columnNames('r.oid', '(i.indkey::int2[])[i.indnkeyatts:i.indnatts - 1]')},
             'nullsNotDistinct', i.indnullsnotdistinct, 'deferrable', c.condeferrable, 'deferred', c.condeferred,
             'options', ic.reloptions, 'tablespace', ts.spcname, 'withoutOverlaps', ${version >= 180000 ? 'c.conperiod' : 'false'}) as attrs,
           case when r.relkind = 'p' then json_build_object('parts', ${constraint.partNames('c.conindid')}) end as facts
    from pg_constraint c join rel r on r.oid = c.conrelid join pg_index i on i.indexrelid = c.conindid join pg_class ic on ic.oid = c.conindid
    left join pg_tablespace ts on ts.oid = ic.reltablespace
    where c.contype in ('p', 'u') and ${constraint.localConstraint}`,
  read: (row) => {
    const attrs = { ...(row.attrs as KeyAttrs), options: parseOptions(row.attrs['options'] as string[] | null) }
    return [{ id: idOf('key', ...row.path!), kind: 'key', path: row.path!, parent: null, attrs, refs: attrs.columns.map((c) => idOf('column', row.path![0]!, row.path![1]!, c)) }]
  },
  create: (o, { model }) => [...constraint.addConstraint(o, clause(o)), ...uses(o, model)],
  inline: (o, { model }) => ({ clause: clause(o), after: uses(o, model) }),
  drop: constraint.dropConstraint,
  alter: {
    primary: 'replace', columns: 'replace', include: 'replace', nullsNotDistinct: 'replace', deferrable: 'replace', deferred: 'replace',
    options: 'replace', tablespace: 'replace', withoutOverlaps: 'replace',
  }, // prettier-ignore
  dropsWithParent: true,
  survivesRetype: true,
  stateless: true,
  slots: (o) => [relationSlot([o.path[0]!, o.path[2]!]), ...constraint.partSlots(o)],
  hazards: (type, from, to) => {
    if (type === 'drop') return [{ name: 'drop_key', destructive: false, sentence: `nothing keeps ${from!.attrs.columns.join(', ')} unique any more` }]
    return [
      {
        name: 'builds_index',
        destructive: false,
        sentence: `${to!.attrs.primary ? 'primary key' : 'unique constraint'} ${to!.path[2]} builds its index under ACCESS EXCLUSIVE and fails on duplicates`,
      },
    ]
  },
  rename: constraint.renameConstraint,
})

function uses(o: DbObject<KeyAttrs>, model: { objects: ReadonlyMap<string, DbObject> }) {
  return constraint.indexUses(model.objects.get(idOf('table', o.path[0]!, o.path[1]!)), o.path[2]!)
}
