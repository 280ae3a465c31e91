import * as z from 'zod'
import { idOf } from '../../model/object.ts'
import { parseOptions } from '../../sql/options.ts'
import { defineKind } from '../contract.ts'
import { relationSlot } from '../relation.ts'
import { qualified } from '../../sql/identifier.ts'
import { catalog } from './catalog.ts'
import * as render from './render.ts'

const name = z.array(z.string())
const schema = z.strictObject({
  unlogged: z.boolean(),
  /** As pg_get_partkeydef prints it: `RANGE (id)`. */
  partitionBy: z.string().nullable(),
  /** `bound` as pg_get_expr prints it: `FOR VALUES FROM (…) TO (…)` or `DEFAULT`. */
  partitionOf: z.strictObject({ table: name, bound: z.string() }).nullable(),
  inherits: z.array(name),
  /** A composite type, for a typed table. */
  ofType: z.string().nullable(),
  options: z.record(z.string(), z.string()),
  accessMethod: z.string().nullable(),
  tablespace: z.string().nullable(),
  /** `default`, `full`, `nothing`, or the name of an index. */
  replicaIdentity: z.union([z.enum(['default', 'full', 'nothing']), z.strictObject({ index: z.string() })]),
  /** The index that CLUSTER was last told to use. */
  clusterOn: z.string().nullable(),
})
export type TableAttrs = z.infer<typeof schema>

export const table = defineKind<TableAttrs>({
  kind: 'table',
  label: 'table',
  weight: 40,
  schema,
  catalog: () => catalog,
  read: (row) => {
    const attrs = { ...(row.attrs as TableAttrs), options: parseOptions(row.attrs['options'] as string[] | null) }
    const parents = [...attrs.inherits, ...(attrs.partitionOf ? [attrs.partitionOf.table] : [])]
    return [{ id: idOf('table', ...row.path!), kind: 'table', path: row.path!, parent: null, attrs, refs: parents.map((p) => idOf('table', ...p)) }]
  },
  create: render.createTable,
  drop: (o) => [`DROP TABLE ${qualified(o.path)}`],
  alter: {
    unlogged: (_, to) => [`ALTER TABLE ${qualified(to.path)} SET ${to.attrs.unlogged ? 'UNLOGGED' : 'LOGGED'}`],
    partitionBy: 'replace',
    partitionOf: render.alterPartition,
    inherits: render.alterInherits,
    ofType: (_, to) => [`ALTER TABLE ${qualified(to.path)} ${to.attrs.ofType === null ? 'NOT OF' : `OF ${to.attrs.ofType}`}`],
    options: render.alterOptions,
    accessMethod: (_, to) => [`ALTER TABLE ${qualified(to.path)} SET ACCESS METHOD ${to.attrs.accessMethod ?? 'heap'}`],
    tablespace: (_, to) => [`ALTER TABLE ${qualified(to.path)} SET TABLESPACE ${to.attrs.tablespace ?? 'pg_default'}`],
    replicaIdentity: (_, to) => [render.replicaIdentity(to)],
    clusterOn: (_, to) => [render.clusterOn(to)],
  },
  altersAfterContents: (_, to) => to.attrs.partitionOf !== null || to.attrs.inherits.length > 0,
  dropsWithParent: false,
  survivesRetype: true,
  stateless: false,
  slots: (o) => [relationSlot(o.path)],
  hazards: (type, from, to) => {
    const t = qualified((to ?? from)!.path)
    if (type === 'drop') return [{ name: 'drop_table', destructive: true, sentence: `table ${t} goes, with its rows` }]
    if (type === 'replace') return [{ name: 'replace_table', destructive: true, sentence: `table ${t} cannot be altered to this and is made anew: its rows go` }]
    return []
  },
  rename: render.renameTable,
})
