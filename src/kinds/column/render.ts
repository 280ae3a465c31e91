import type { DbObject } from '../../model/object.ts'
import { equal } from '../../model/equal.ts'
import type { Model } from '../../model/model.ts'
import { ident, qualified } from '../../sql/identifier.ts'
import { literal } from '../../sql/literal.ts'
import { changeOptions, optionList } from '../../sql/options.ts'
import { alterWithinBounds, boundsTighten, sequenceOptions } from '../sequence-options.ts'
import type { AlterContext, Alteration, Aside, RenderContext, Statement } from '../contract.ts'
import { parentColumn, type Column, type ColumnAttrs } from './index.ts'

const tableOf = (o: Column): string => qualified(o.path.slice(0, 2))
const nameOf = (o: Column): string => ident(o.path[2]!)
const alter = (o: Column, what: string): string => `ALTER TABLE ${tableOf(o)} ALTER COLUMN ${nameOf(o)} ${what}`

function identityClause(i: NonNullable<ColumnAttrs['identity']>): string {
  return `GENERATED ${i.generated.toUpperCase()} AS IDENTITY (${sequenceOptions(i)})`
}

function clause(o: Column): string {
  const a = o.attrs
  const parts = [nameOf(o), a.type]
  if (a.compression !== null) parts.push(`COMPRESSION ${a.compression}`)
  if (a.collation !== null) parts.push(`COLLATE ${a.collation}`)
  return [...parts, ...traits(a)].join(' ')
}

function traits(a: ColumnAttrs): string[] {
  const parts: string[] = []
  if (a.generated !== null) parts.push(`GENERATED ALWAYS AS (${a.generated.expression})${a.generated.stored ? ' STORED' : ' VIRTUAL'}`)
  else if (a.identity !== null) parts.push(identityClause(a.identity))
  else if (a.default !== null) parts.push(`DEFAULT ${a.default}`)
  if (a.notNull) parts.push('NOT NULL')
  return parts
}

function extras(o: Column): Statement[] {
  const out: Statement[] = []
  if (o.attrs.storage !== null) out.push(setStorage(o))
  if (o.attrs.statistics !== null) out.push(setStatistics(o))
  if (Object.keys(o.attrs.options).length > 0) out.push(alter(o, `SET (${optionList(o.attrs.options)})`))
  return out
}

/** An inherited column comes with its table or its parent's column; only what it has of its own is said. */
function ownOf(o: Column, p: Column): Statement[] {
  const out: Statement[] = []
  if (o.attrs.default !== p.attrs.default && o.attrs.generated === null) out.push(...defaultStatements(o))
  if (o.attrs.notNull && !p.attrs.notNull) out.push(alter(o, 'SET NOT NULL'))
  if (o.attrs.storage !== p.attrs.storage) out.push(setStorage(o))
  if (o.attrs.statistics !== null) out.push(setStatistics(o))
  if (o.attrs.compression !== p.attrs.compression) out.push(setCompression(o))
  if (Object.keys(o.attrs.options).length > 0) out.push(alter(o, `SET (${optionList(o.attrs.options)})`))
  return out
}

/** A table that becomes a partition or child must have its parent's columns before it does. */
function joinsLater(o: Column, p: Column, before: Model | undefined): boolean {
  const table = before?.objects.get(o.parent ?? '')?.attrs as { partitionOf?: { table: string[] } | null; inherits?: string[][] } | undefined
  if (table === undefined) return false
  const parents = [...(table.partitionOf ? [table.partitionOf.table] : []), ...(table.inherits ?? [])]
  return !parents.some((q) => qualified(q) === tableOf(p))
}

export function createColumn(o: Column, { model, before }: RenderContext): Statement[] {
  const p = parentColumn(o, model)
  if (p !== null && !joinsLater(o, p, before)) return ownOf(o, p)
  return [`ALTER TABLE ${tableOf(o)} ADD COLUMN ${clause(o)}`, ...extras(o)]
}

/** Columns of a typed table come with its type, and have at most options of their own. */
export function inlineColumn(o: Column, { model }: RenderContext): { clause: string; after: Statement[] } | null {
  if (parentColumn(o, model) !== null) return null
  if (model.objects.get(o.parent ?? '')?.attrs['ofType'] != null) {
    const options = traits(o.attrs)
    return { clause: options.length === 0 ? '' : `${nameOf(o)} WITH OPTIONS ${options.join(' ')}`, after: extras(o) }
  }
  return { clause: clause(o), after: extras(o) }
}

export function dropColumn(o: Column, { from, to }: AlterContext): Statement[] {
  const p = parentColumn(o, from)
  if (p !== null && !to.objects.has(p.id)) return []
  return [`ALTER TABLE ${tableOf(o)} DROP COLUMN ${nameOf(o)}`]
}

/** True when the parent's column takes the same step, which PostgreSQL carries down to this one. */
function carried(from: Column, to: Column, attr: keyof ColumnAttrs, context: AlterContext): boolean {
  const before = parentColumn(from, context.from)
  const after = parentColumn(to, context.to)
  if (before === null || after === null) return false
  return !equal(before.attrs[attr], after.attrs[attr]) && equal(after.attrs[attr], to.attrs[attr])
}

const textFamily = /^(text|character varying|character|name|citext|"char")\b/
const numberFamily = /^(smallint|integer|bigint|numeric|real|double precision)\b/
const timeFamily = /^(date|time|timestamp)\b/
const base = (type: string): string => type.replace(/\([^)]*\)/, '').replace(/ (with|without) time zone/, '')

/** A cast that exists: direct inside a family or with text on one side, else through text. */
function using(name: string, from: string, to: string): string {
  if (base(from) === base(to)) return ''
  const families = [textFamily, numberFamily, timeFamily]
  const direct = textFamily.test(from) || textFamily.test(to) || families.some((f) => f.test(from) && f.test(to))
  return ` USING ${name}${direct ? '' : '::text'}::${to}`
}

/** Times with and without a zone: what one means in the other hangs on the session's time zone. */
export function changesZone(from: string, to: string): boolean {
  const zoned = (t: string): boolean | null => (/^time(stamp)?\b/.test(t) ? / with time zone/.test(t) : null)
  return zoned(from) !== null && zoned(to) !== null && zoned(from) !== zoned(to)
}

/** Whether a value of one type may not fit the other. Unknown pairs are said to. */
export function mayLose(from: string, to: string): boolean {
  const order = ['smallint', 'integer', 'bigint', 'numeric']
  const f = order.indexOf(from)
  if (f >= 0 && order.indexOf(to) > f) return false
  const length = (t: string): number | null => (/^character varying$|^text$/.test(t) ? Infinity : Number(/^character varying\((\d+)\)/.exec(t)?.[1]) || null)
  const a = length(from)
  const b = length(to)
  if (a !== null && b !== null) return b < a
  return !(to === 'text' || to === 'character varying' || (from === 'json' && to === 'jsonb') || (from === 'jsonb' && to === 'json'))
}

export function alterType(from: Column, to: Column, context: AlterContext): Alteration {
  if (carried(from, to, 'type', context) || carried(from, to, 'collation', context)) return { rebuild: [] }
  const a = to.attrs
  if (a.generated !== null && from.attrs.generated === null) return 'replace'
  const collate = a.collation === null ? '' : ` COLLATE ${a.collation}`
  const out: Statement[] = []
  const keepsDefault = a.default !== null && from.attrs.default !== null
  if (from.attrs.default !== null) out.push(alter(to, 'DROP DEFAULT'))
  const cast = a.generated === null ? using(nameOf(to), from.attrs.type, a.type) : ''
  out.push(alter(to, `TYPE ${a.type}${collate}${cast}`))
  if (keepsDefault) out.push(alter(to, `SET DEFAULT ${a.default}`))
  return { rebuild: out }
}

function defaultStatements(o: Column): Statement[] {
  return [alter(o, o.attrs.default === null ? 'DROP DEFAULT' : `SET DEFAULT ${o.attrs.default}`)]
}

export function alterDefault(from: Column, to: Column, context: AlterContext): Alteration {
  if (to.attrs.generated !== null || carried(from, to, 'default', context)) return []
  return defaultStatements(to)
}

export function alterNotNull(from: Column, to: Column, context: AlterContext): Alteration {
  return carried(from, to, 'notNull', context) ? [] : [alter(to, to.attrs.notNull ? 'SET NOT NULL' : 'DROP NOT NULL')]
}

export function alterGenerated(from: Column, to: Column, context: AlterContext): Alteration {
  if (carried(from, to, 'generated', context)) return []
  const a = from.attrs.generated
  const b = to.attrs.generated
  if (b === null) return a?.stored === true ? [alter(to, 'DROP EXPRESSION')] : 'replace'
  if (a !== null && a.stored === b.stored && context.to.version >= 170000) return [alter(to, `SET EXPRESSION AS (${b.expression})`)]
  return 'replace'
}

export function alterIdentity(from: Column, to: Column, context: AlterContext): Alteration {
  if (carried(from, to, 'identity', context)) return []
  const a = from.attrs.identity
  const b = to.attrs.identity
  if (b === null) return [alter(to, 'DROP IDENTITY')]
  if (a === null) {
    const first = [...(from.attrs.default === null ? [] : [alter(to, 'DROP DEFAULT')]), ...(from.attrs.notNull ? [] : [alter(to, 'SET NOT NULL')])]
    return [...first, alter(to, `ADD ${identityClause(b)}`)]
  }
  const options = sequenceOptions(b)
    .replace(/(INCREMENT|MINVALUE|MAXVALUE|START|CACHE|NO CYCLE)/g, 'SET $1')
    .replace(/(?<!NO )CYCLE/g, 'SET CYCLE')
  const text = alter(to, `SET GENERATED ${b.generated.toUpperCase()} ${options}`)
  if (!boundsTighten(a, b)) return [text]
  const sequence = `SELECT pg_catalog.pg_sequence_last_value(pg_catalog.pg_get_serial_sequence(${literal(tableOf(to))}, ${literal(to.path[2]!)}))`
  return [alterWithinBounds(`SELECT coalesce((${sequence}), ${a.start})`, text, `RESTART WITH ${b.start}`, b)]
}

const typeStorage = 'DEFAULT'
export function setStorage(o: Column): string {
  return alter(o, `SET STORAGE ${(o.attrs.storage ?? typeStorage).toUpperCase()}`)
}

export function setCompression(o: DbObject<ColumnAttrs>): string {
  return alter(o, `SET COMPRESSION ${o.attrs.compression ?? 'default'}`)
}

export function setStatistics(o: Column): string {
  return alter(o, `SET STATISTICS ${o.attrs.statistics ?? -1}`)
}

export function alterColumnOptions(from: Column, to: Column): Alteration {
  return changeOptions(from.attrs.options, to.attrs.options).map((c) => alter(to, c))
}

const typeKinds = /^(enum|domain|composite_type|range_type|collation):/

/** A column never goes for what its type or default needs: a rebuilt type recasts its columns itself, a default is taken off and put back. */
export function stepAside(from: Column, to: Column, dependency: string): Aside | null {
  if (typeKinds.test(dependency)) return { before: [], after: [], retyped: true }
  if (from.attrs.generated !== null || from.attrs.default === null || from.parent === dependency) return null
  return { before: [alter(from, 'DROP DEFAULT')], after: to.attrs.default === null ? [] : [alter(to, `SET DEFAULT ${to.attrs.default}`)] }
}
