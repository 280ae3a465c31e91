import * as z from 'zod'
import { idOf } from '../../model/object.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { changeOptions, parseOptions, withOptions } from '../../sql/options.ts'
import { defineKind } from '../contract.ts'
import { relationSlot } from '../relation.ts'
import { bytes, estimatedRows } from '../size.ts'

const schema = z.strictObject({
  definition: z.string(),
  options: z.record(z.string(), z.string()),
  accessMethod: z.string().nullable(),
  tablespace: z.string().nullable(),
  populated: z.boolean(),
})
export type MaterializedViewAttrs = z.infer<typeof schema>

export const materializedView = defineKind<MaterializedViewAttrs>({
  kind: 'materialized_view',
  label: 'materialised view',
  weight: 66,
  schema,
  catalog: () => `
    select json_build_array(r.nspname, r.relname) as path,
           (select json_agg(x) from (select json_build_array(1259, r.oid::int8, 0) as x union all select json_build_array(1247, r.reltype::int8, 0)
              union all select json_build_array(2618, w.oid::int8, 0) from pg_rewrite w where w.ev_class = r.oid and w.rulename = '_RETURN') y) as addresses,
           json_build_array(2615, r.relnamespace::int8, 0) as parent,
           json_build_object('definition', regexp_replace(pg_get_viewdef(r.oid), ';$', ''), 'options', r.reloptions,
             'accessMethod', case when am.amname <> 'heap' then am.amname end, 'tablespace', ts.spcname, 'populated', r.relispopulated) as attrs,
           json_build_object('rows', ${estimatedRows}, 'bytes', ${bytes}) as facts
    from rel r left join pg_am am on am.oid = r.relam left join pg_tablespace ts on ts.oid = r.reltablespace where r.relkind = 'm'`,
  read: (row) => [{
    id: idOf('materialized_view', ...row.path!), kind: 'materialized_view', path: row.path!, parent: null,
    attrs: { ...(row.attrs as MaterializedViewAttrs), options: parseOptions(row.attrs['options'] as string[] | null) }, refs: [],
  }], // prettier-ignore
  create: (o) => {
    const a = o.attrs
    const head = `CREATE MATERIALIZED VIEW ${qualified(o.path)}${a.accessMethod === null ? '' : ` USING ${ident(a.accessMethod)}`}${withOptions(a.options)}`
    return [`${head}${a.tablespace === null ? '' : ` TABLESPACE ${ident(a.tablespace)}`} AS\n${a.definition}\nWITH ${a.populated ? '' : 'NO '}DATA`]
  },
  drop: (o) => [`DROP MATERIALIZED VIEW ${qualified(o.path)}`],
  alter: {
    definition: 'replace',
    options: (from, to) => changeOptions(from.attrs.options, to.attrs.options).map((c) => `ALTER MATERIALIZED VIEW ${qualified(to.path)} ${c}`),
    accessMethod: (_, to) => [`ALTER MATERIALIZED VIEW ${qualified(to.path)} SET ACCESS METHOD ${to.attrs.accessMethod ?? 'heap'}`],
    tablespace: (_, to) => [`ALTER MATERIALIZED VIEW ${qualified(to.path)} SET TABLESPACE ${to.attrs.tablespace ?? 'pg_default'}`],
    populated: (_, to) => [`REFRESH MATERIALIZED VIEW ${qualified(to.path)} WITH ${to.attrs.populated ? '' : 'NO '}DATA`],
  },
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  slots: (o) => [relationSlot(o.path)],
  hazards: (type, from, to) => {
    if (type === 'drop') return [{ name: 'drop_view', destructive: false, sentence: `readers of ${qualified(from!.path)} fail` }]
    return type === 'replace' ? [{ name: 'refresh', destructive: false, sentence: `${qualified(to!.path)} is computed anew while readers wait` }] : []
  },
  rename: (from, to) => [`ALTER MATERIALIZED VIEW ${qualified(from.path)} RENAME TO ${ident(to.path.at(-1)!)}`],
})
