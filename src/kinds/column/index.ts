import * as z from 'zod'
import { equal } from '../../model/equal.ts'
import { idOf, type DbObject } from '../../model/object.ts'
import type { Model } from '../../model/model.ts'
import { parseOptions } from '../../sql/options.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { defineKind } from '../contract.ts'
import { catalog } from './catalog.ts'
import * as render from './render.ts'

const identity = z.strictObject({
  generated: z.enum(['always', 'by default']),
  type: z.enum(['smallint', 'integer', 'bigint']),
  start: z.string(), increment: z.string(), minimum: z.string(), maximum: z.string(), cache: z.string(), cycle: z.boolean(),
}) // prettier-ignore
const schema = z.strictObject({
  type: z.string(),
  notNull: z.boolean(),
  default: z.string().nullable(),
  generated: z.strictObject({ expression: z.string(), stored: z.boolean() }).nullable(),
  identity: identity.nullable(),
  collation: z.string().nullable(),
  storage: z.enum(['plain', 'external', 'extended', 'main']).nullable(),
  compression: z.string().nullable(),
  statistics: z.number().nullable(),
  options: z.record(z.string(), z.string()),
  /** It also comes from a parent table or partitioned table. */
  inherited: z.boolean(),
})
export type ColumnAttrs = z.infer<typeof schema>
export type Column = DbObject<ColumnAttrs>

/** The same column of the first parent that has it; null for a column of its own. */
export function parentColumn(o: Column, model: Model): Column | null {
  if (!o.attrs.inherited) return null
  const table = model.objects.get(idOf('table', ...o.path.slice(0, 2)))?.attrs as { partitionOf?: { table: string[] } | null; inherits?: string[][] } | undefined
  for (const p of [...(table?.partitionOf ? [table.partitionOf.table] : []), ...(table?.inherits ?? [])]) {
    const c = model.objects.get(idOf('column', ...p, o.path[2]!))
    if (c) return c as Column
  }
  return null
}

export const column = defineKind<ColumnAttrs>({
  kind: 'column',
  label: 'column',
  weight: 42,
  schema,
  catalog,
  read: (row) => [{
    id: idOf('column', ...row.path!), kind: 'column', path: row.path!, parent: null,
    attrs: { ...(row.attrs as ColumnAttrs), options: parseOptions(row.attrs['options'] as string[] | null) }, refs: [],
  }], // prettier-ignore
  create: render.createColumn,
  inline: render.inlineColumn,
  drop: render.dropColumn,
  alter: {
    collation: render.alterType,
    type: render.alterType,
    identity: render.alterIdentity,
    generated: render.alterGenerated,
    default: render.alterDefault,
    notNull: render.alterNotNull,
    storage: (_, to) => [render.setStorage(to)],
    compression: (_, to) => [render.setCompression(to)],
    statistics: (_, to) => [render.setStatistics(to)],
    options: render.alterColumnOptions,
    inherited: (from, to, { from: before }) => (to.attrs.inherited || parentStays(from, before) ? [] : []),
  },
  dropsWithParent: true,
  impliedBy: (o, model) => parentColumn(o, model)?.id ?? null,
  stepAside: render.stepAside,
  survivesRetype: false,
  stateless: false,
  hazards: (type, from, to, changed) => {
    const o = (to ?? from)!
    const name = `${qualified(o.path.slice(0, 2))}.${ident(o.path[2]!)}`
    if (o.attrs.inherited) return []
    if (type === 'drop') return [{ name: 'drop_column', destructive: true, sentence: `column ${name} goes, with what it holds` }]
    if (type === 'replace') {
      if (from!.attrs.generated && to!.attrs.generated)
        return [{ name: 'recompute_column', destructive: false, sentence: `column ${name} is made anew and computed for every row` }]
      return [{ name: 'replace_column', destructive: true, sentence: `column ${name} cannot be altered to this and is made anew: what it holds goes` }]
    }
    if (type === 'create') {
      if (to!.attrs.notNull && to!.attrs.default === null && to!.attrs.identity === null && to!.attrs.generated === null)
        return [{ name: 'not_null_without_default', destructive: false, sentence: `adding ${name} fails if the table has rows: it is not null and has no default` }]
      return []
    }
    const out = []
    if (changed.includes('type')) {
      const narrow = render.mayLose(from!.attrs.type, to!.attrs.type)
      if (render.changesZone(from!.attrs.type, to!.attrs.type))
        out.push({ name: 'change_time_zone', destructive: true, sentence: `${name} from ${from!.attrs.type} to ${to!.attrs.type}: its times are taken to be UTC` })
      else
        out.push({
          name: narrow ? 'narrow_type' : 'change_type',
          destructive: narrow,
          sentence: `${name} from ${from!.attrs.type} to ${to!.attrs.type}${narrow ? ': a value that does not fit fails or loses precision' : ''}`,
        })
    }
    if (changed.includes('identity') && to!.attrs.identity === null) out.push({ name: 'drop_identity', destructive: true, sentence: `the number that ${name} had reached goes` })
    if (changed.includes('notNull') && to!.attrs.notNull) out.push({ name: 'set_not_null', destructive: false, sentence: `fails if ${name} is null in any row` })
    return out
  },
  rename: (from, to) => [`ALTER TABLE ${qualified(to.path.slice(0, 2))} RENAME COLUMN ${ident(from.path[2]!)} TO ${ident(to.path[2]!)}`],
})

function parentStays(o: Column, model: Model): boolean {
  const p = parentColumn(o, model)
  return p !== null && equal(p.attrs as never, o.attrs as never)
}
