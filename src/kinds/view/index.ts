import * as z from 'zod'
import { idOf, type DbObject } from '../../model/object.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { changeOptions, parseOptions, withOptions } from '../../sql/options.ts'
import { defineKind, type Alteration } from '../contract.ts'
import { relationSlot } from '../relation.ts'

const schema = z.strictObject({
  definition: z.string(),
  /** security_invoker, security_barrier and check_option are options like any other. */
  options: z.record(z.string(), z.string()),
  /** Defaults of its columns, for INSERT through the view. */
  defaults: z.record(z.string(), z.string()),
})
export type ViewAttrs = z.infer<typeof schema>
type View = DbObject<ViewAttrs>

const text = (o: View, replace = ''): string => `CREATE ${replace}VIEW ${qualified(o.path)}${withOptions(o.attrs.options)} AS\n${o.attrs.definition}`
const setDefault = (o: View, c: string, v: string | null): string => `ALTER VIEW ${qualified(o.path)} ALTER COLUMN ${ident(c)} ${v === null ? 'DROP DEFAULT' : `SET DEFAULT ${v}`}`

/** CREATE OR REPLACE keeps a view's columns and may only add to them. */
function alterDefinition(from: View, to: View): Alteration {
  const before = (from.facts?.['columns'] ?? []) as string[]
  const after = (to.facts?.['columns'] ?? []) as string[]
  const extends_ = before.length > 0 && before.every((c, i) => c === after[i])
  return extends_ ? [text(to, 'OR REPLACE ')] : 'replace'
}

export const view = defineKind<ViewAttrs>({
  kind: 'view',
  label: 'view',
  weight: 64,
  schema,
  catalog: () => `
    select json_build_array(r.nspname, r.relname) as path,
           (select json_agg(x) from (select json_build_array(1259, r.oid::int8, 0) as x union all select json_build_array(1247, r.reltype::int8, 0)
              union all select json_build_array(2618, w.oid::int8, 0) from pg_rewrite w where w.ev_class = r.oid and w.rulename = '_RETURN') y) as addresses,
           json_build_array(2615, r.relnamespace::int8, 0) as parent,
           json_build_object('definition', regexp_replace(pg_get_viewdef(r.oid), ';$', ''), 'options', r.reloptions,
             'defaults', coalesce((select json_object_agg(a.attname, pg_get_expr(d.adbin, d.adrelid)) from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where d.adrelid = r.oid), '{}')) as attrs,
           json_build_object('columns', (select json_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || ' ' || a.attcollation order by a.attnum)
              from pg_attribute a where a.attrelid = r.oid and a.attnum > 0)) as facts
    from rel r where r.relkind = 'v'`,
  read: (row) => [{
    id: idOf('view', ...row.path!), kind: 'view', path: row.path!, parent: null,
    attrs: { ...(row.attrs as ViewAttrs), options: parseOptions(row.attrs['options'] as string[] | null) }, refs: [],
  }], // prettier-ignore
  create: (o) => [text(o), ...Object.entries(o.attrs.defaults).map(([c, v]) => setDefault(o, c, v))],
  drop: (o) => [`DROP VIEW ${qualified(o.path)}`],
  alter: {
    definition: alterDefinition,
    options: (from, to) => changeOptions(from.attrs.options, to.attrs.options).map((c) => `ALTER VIEW ${qualified(to.path)} ${c}`),
    defaults: (from, to) =>
      [...new Set([...Object.keys(from.attrs.defaults), ...Object.keys(to.attrs.defaults)])]
        .filter((c) => from.attrs.defaults[c] !== to.attrs.defaults[c])
        .map((c) => setDefault(to, c, to.attrs.defaults[c] ?? null)),
  },
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  slots: (o) => [relationSlot(o.path)],
  hazards: (type, from, to) => {
    if (type === 'alter' && from!.attrs.options['security_invoker'] === 'true' && to!.attrs.options['security_invoker'] !== 'true')
      return [
        {
          name: 'view_runs_as_owner',
          destructive: true,
          sentence: `${qualified(to!.path)} reads with its owner's rights again: row security of its tables no longer binds the caller`,
        },
      ]
    return type === 'drop' ? [{ name: 'drop_view', destructive: false, sentence: `readers of ${qualified(from!.path)} fail` }] : []
  },
  rename: (from, to) => [`ALTER VIEW ${qualified(from.path)} RENAME TO ${ident(to.path.at(-1)!)}`],
})
