import * as z from 'zod'
import { idOf } from '../../model/object.ts'
import { ident } from '../../sql/identifier.ts'
import { defineKind } from '../contract.ts'

const schema = z.strictObject({ namespace: z.string().nullable() })
export type ExtensionAttrs = z.infer<typeof schema>

/** The version is deliberately not an attribute: what a server offers is the server's affair, not the declaration's. */
export const extension = defineKind<ExtensionAttrs>({
  kind: 'extension',
  label: 'extension',
  weight: 15,
  schema,
  catalog: () => `
    select json_build_array(e.extname) as path,
           json_build_array(json_build_array(3079, e.oid::int8, 0)) as addresses,
           json_build_object('namespace', s.nspname) as attrs,
           json_build_object('version', e.extversion) as facts
    from pg_extension e join pg_namespace s on s.oid = e.extnamespace where e.extname <> 'plpgsql'`,
  read: (row) => {
    const attrs = row.attrs as ExtensionAttrs
    return [{ id: idOf('extension', row.path![0]!), kind: 'extension', path: row.path!, parent: null, attrs, refs: [idOf('namespace', attrs.namespace!)] }]
  },
  create: (o) => [`CREATE EXTENSION ${ident(o.path[0]!)}${o.attrs.namespace === null ? '' : ` WITH SCHEMA ${ident(o.attrs.namespace)}`}`],
  drop: (o) => [`DROP EXTENSION ${ident(o.path[0]!)}`],
  alter: {
    namespace: (_from, to) => (to.attrs.namespace === null ? [] : [`ALTER EXTENSION ${ident(to.path[0]!)} SET SCHEMA ${ident(to.attrs.namespace)}`]),
  },
  dropsWithParent: true,
  survivesRetype: true,
  stateless: false,
  hazards: (type, from) =>
    type === 'drop' || type === 'replace'
      ? [{ name: 'drop_extension', destructive: true, sentence: `extension ${from!.path[0]} goes, with every function and type it brought` }]
      : [],
})
