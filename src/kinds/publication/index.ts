import * as z from 'zod'
import { idOf, type DbObject, type Id } from '../../model/object.ts'
import type { Model } from '../../model/model.ts'
import { equal } from '../../model/equal.ts'
import { ident, identList, qualified } from '../../sql/identifier.ts'
import { defineKind, type AlterContext, type Alteration, type Aside } from '../contract.ts'
import { catalog } from './catalog.ts'

const published = z.strictObject({
  table: z.array(z.string()),
  /** In the order of the table; null for all. */
  columns: z.array(z.string()).nullable(),
  where: z.string().nullable(),
})
const schema = z.strictObject({
  allTables: z.boolean(),
  /** Every table of these namespaces, sorted. */
  namespaces: z.array(z.string()),
  /** Sorted by name. */
  tables: z.array(published),
  publish: z.array(z.enum(['insert', 'update', 'delete', 'truncate'])),
  viaRoot: z.boolean(),
  /** Stored generated columns are published too, from PostgreSQL 18. */
  generated: z.boolean(),
})
export type PublicationAttrs = z.infer<typeof schema>
export type PublishedTable = z.infer<typeof published>
type Publication = DbObject<PublicationAttrs>

/** ONLY where inheriting tables would otherwise come along; they are listed themselves. */
function tableClause({ table, columns, where }: PublishedTable, model: Model): string {
  const id = idOf('table', ...table)
  const inherited = [...model.objects.values()].some(
    (o) => o.kind === 'table' && ((o.attrs['inherits'] ?? []) as readonly (readonly string[])[]).some((p) => idOf('table', ...p) === id),
  )
  return `${inherited ? 'ONLY ' : ''}${qualified(table)}${columns === null ? '' : ` (${identList(columns)})`}${where === null ? '' : ` WHERE (${where})`}`
}

function objects(o: Publication, model: Model): string {
  const { tables, namespaces } = o.attrs
  const parts: string[] = []
  if (tables.length > 0) parts.push(`TABLE ${tables.map((t) => tableClause(t, model)).join(', ')}`)
  if (namespaces.length > 0) parts.push(`TABLES IN SCHEMA ${identList(namespaces)}`)
  return parts.join(', ')
}

const publishText = (a: PublicationAttrs): string => `publish = '${a.publish.join(', ')}'`
const viaRootText = (a: PublicationAttrs): string => `publish_via_partition_root = ${a.viaRoot}`
const generatedText = (a: PublicationAttrs): string => `publish_generated_columns = ${a.generated ? 'stored' : 'none'}`

function create(o: Publication, model: Model): string {
  const a = o.attrs
  const options: string[] = []
  if (a.publish.length < 4) options.push(publishText(a))
  if (a.viaRoot) options.push(viaRootText(a))
  if (a.generated) options.push(generatedText(a))
  const what = a.allTables ? 'ALL TABLES' : objects(o, model)
  return `CREATE PUBLICATION ${ident(o.path[0]!)}${what === '' ? '' : ` FOR ${what}`}${options.length === 0 ? '' : ` WITH (${options.join(', ')})`}`
}

const set = (o: Publication, option: string): string => `ALTER PUBLICATION ${ident(o.path[0]!)} SET (${option})`

/** SET takes the whole list and leaves alone what stays; an empty list can only be reached by dropping what is there. */
function contents(from: Publication, to: Publication, context: AlterContext): Alteration {
  const name = ident(to.path[0]!)
  const wanted = objects(to, context.to)
  if (wanted !== '') return [`ALTER PUBLICATION ${name} SET ${wanted}`]
  const { tables, namespaces } = from.attrs
  const parts: string[] = []
  if (tables.length > 0) parts.push(`TABLE ${tables.map((t) => tableClause({ ...t, columns: null, where: null }, context.from)).join(', ')}`)
  if (namespaces.length > 0) parts.push(`TABLES IN SCHEMA ${identList(namespaces)}`)
  return parts.length === 0 ? [] : [`ALTER PUBLICATION ${name} DROP ${parts.join(', ')}`]
}

/** Publishes what comes later as well, which PostgreSQL leaves to superusers. */
const wide = (o: Publication): boolean => o.attrs.allTables || o.attrs.namespaces.length > 0

/** The published table that a table or column is or belongs to. */
const holding = (o: Publication, id: Id): PublishedTable | undefined =>
  o.attrs.tables.find((t) => id === idOf('table', ...t.table) || id.startsWith(`${idOf('column', ...t.table)}.`))

/** A table leaves and joins again while it or a column is made anew; the publication, and who subscribes to it, stay. */
function stepAside(from: Publication, to: Publication, dependency: Id, context: AlterContext): Aside | null {
  const before = holding(from, dependency)
  const after = holding(to, dependency)
  if (before === undefined || after === undefined || !equal(from.attrs as never, to.attrs as never)) return null
  // A column that is only one of a whole row is none of the publication's business.
  if (dependency.startsWith('column:') && before.columns === null && before.where === null) return { before: [], after: [] }
  const name = ident(to.path[0]!)
  return {
    before: [`ALTER PUBLICATION ${name} DROP TABLE ${tableClause({ ...before, columns: null, where: null }, context.from)}`],
    after: [`ALTER PUBLICATION ${name} ADD TABLE ${tableClause(after, context.to)}`],
  }
}

/** Of the whole database: what logical replication sends. */
export const publication = defineKind<PublicationAttrs>({
  kind: 'publication',
  label: 'publication',
  weight: 82,
  schema,
  catalog,
  create: (o, { model }) => [create(o, model)],
  drop: (o) => [`DROP PUBLICATION ${ident(o.path[0]!)}`],
  alter: {
    allTables: 'replace',
    namespaces: contents,
    tables: contents,
    publish: (_, to) => [set(to, publishText(to.attrs))],
    viaRoot: (_, to) => [set(to, viaRootText(to.attrs))],
    generated: (_, to) => [set(to, generatedText(to.attrs))],
  },
  stepAside,
  namespaces: (o) => (o.attrs.allTables ? null : [...o.attrs.namespaces, ...o.attrs.tables.map((t) => t.table[0]!)]),
  rights: (o) => (wide(o) ? { superuser: 'a publication of all tables or of a namespace' } : {}),
  superuserOwns: wide,
  dropsWithParent: false,
  survivesRetype: false,
  stateless: true,
  hazards: (type, from, to, changed) => {
    if (type === 'drop') return [{ name: 'drop_publication', destructive: false, sentence: `subscribers of ${ident(from!.path[0]!)} get no more changes, and fail` }]
    if (type === 'replace') return [{ name: 'replace_publication', destructive: false, sentence: `${ident(to!.path[0]!)} is dropped and created: subscribers must refresh it` }]
    if (type === 'create') return []
    const out = []
    if (changed.includes('tables') || changed.includes('namespaces'))
      out.push({
        name: 'change_publication',
        destructive: false,
        sentence: `subscribers of ${ident(to!.path[0]!)} see its new tables only after ALTER SUBSCRIPTION … REFRESH PUBLICATION`,
      })
    if (changed.includes('publish') && from!.attrs.publish.some((p) => !to!.attrs.publish.includes(p)))
      out.push({ name: 'publish_less', destructive: false, sentence: `subscribers of ${ident(to!.path[0]!)} no longer get every kind of change, and drift from here` })
    return out
  },
  rename: (from, to) => [`ALTER PUBLICATION ${ident(from.path[0]!)} RENAME TO ${ident(to.path[0]!)}`],
})
