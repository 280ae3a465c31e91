import * as z from 'zod'
import { idOf } from '../../model/object.ts'
import { parseOptions } from '../../sql/options.ts'
import { indexUses, partSlots } from '../constraint.ts'
import { defineKind } from '../contract.ts'
import { relationSlot } from '../relation.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { catalog } from './catalog.ts'
import * as render from './render.ts'

const element = z.strictObject({
  column: z.string().nullable(),
  expression: z.string().nullable(),
  opclass: z.string().nullable(),
  collation: z.string().nullable(),
  descending: z.boolean(),
  nullsFirst: z.boolean(),
})
const schema = z.strictObject({
  table: z.array(z.string()),
  method: z.string(),
  unique: z.boolean(),
  nullsNotDistinct: z.boolean(),
  on: z.array(element),
  include: z.array(z.string()),
  where: z.string().nullable(),
  options: z.record(z.string(), z.string()),
  tablespace: z.string().nullable(),
  statistics: z.record(z.string(), z.number()),
  /** False for the index that a failed or unfinished build leaves behind. */
  valid: z.boolean(),
})
export type IndexAttrs = z.infer<typeof schema>
export type IndexElement = z.infer<typeof element>

/** Path: namespace, index. Indexes of partitions that belong to their parent's index come and go with it. */
export const index = defineKind<IndexAttrs>({
  kind: 'index',
  label: 'index',
  weight: 60,
  schema,
  catalog: () => catalog,
  read: (row) => {
    const attrs = { ...(row.attrs as IndexAttrs), options: parseOptions(row.attrs['options'] as string[] | null) }
    const refs = attrs.on.flatMap((e) => (e.column === null ? [] : [idOf('column', ...attrs.table, e.column)]))
    return [{ id: idOf('index', ...row.path!), kind: 'index', path: row.path!, parent: null, attrs, refs }]
  },
  create: (o, { model }) => [render.createIndex(o), ...render.indexStatistics(o), ...indexUses(model.objects.get(idOf('table', ...o.attrs.table)), o.path[1]!)],
  drop: (o) => [`DROP INDEX ${qualified(o.path)}`],
  alter: {
    table: 'replace', method: 'replace', unique: 'replace', nullsNotDistinct: 'replace', on: 'replace', include: 'replace', where: 'replace', valid: 'replace',
    options: render.alterOptions,
    tablespace: (_, to) => [`ALTER INDEX ${qualified(to.path)} SET TABLESPACE ${ident(to.attrs.tablespace ?? 'pg_default')}`],
    statistics: (_, to) => render.indexStatistics(to),
  }, // prettier-ignore
  dropsWithParent: true,
  survivesRetype: true,
  stateless: true,
  slots: (o) => [relationSlot(o.path), ...partSlots(o)],
  hazards: (type, from, to) => {
    if (type === 'drop')
      return from!.attrs.unique ? [{ name: 'drop_unique_index', destructive: false, sentence: `nothing keeps ${render.elementNames(from!)} unique any more` }] : []
    if (type === 'alter') return []
    return [
      {
        name: 'blocks_writes',
        destructive: false,
        sentence: `building ${ident(to!.path[1]!)} blocks writes to ${qualified(to!.attrs.table)} while it reads the table${to!.attrs.unique ? ', and fails on duplicates' : ''}`,
      },
    ]
  },
  rename: (from, to) => [`ALTER INDEX ${qualified(from.path)} RENAME TO ${ident(to.path[1]!)}`],
})
