import { inheritedColumn } from '../words/columns.ts'
import type { ColumnAttrs, Column } from '../kinds/column/index.ts'
import { defaultSequenceOptions, type SequenceOptions } from '../kinds/sequence-options.ts'
import { equal } from '../model/equal.ts'
import { idOf, satelliteId } from '../model/object.ts'
import { qualified } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import { collationName } from '../words/column.ts'
import { castLabel, literalDefault } from '../words/literal-default.ts'
import { objectName } from '../words/names.ts'
import { object, print, quote, record, sqlCode, type Code } from './code.ts'
import { typeCode, type Constants } from './types.ts'
import type { Writer } from './writer.ts'

/** SQL in a file, with the word it needs. */
export function sqlIn(w: Writer, file: string, text: string): string {
  const code = sqlCode(text)
  w.files.use(file, code.startsWith('sqlText(') ? 'sqlText' : 'sql')
  return code
}

/** Options that a sequence or an identity has otherwise than PostgreSQL's. Numbers beyond 2^53 become bigint. */
export function sequenceFields(type: 'smallint' | 'integer' | 'bigint', a: SequenceOptions): { [name: string]: Code | undefined } {
  const number = (text: string): string => (Number.isSafeInteger(Number(text)) ? text : `${text}n`)
  const out: { [name: string]: Code | undefined } = {}
  if (a.increment !== '1') out['increment'] = number(a.increment)
  for (const k of ['minimum', 'maximum', 'start', 'cache'] as const) {
    const given = Object.fromEntries(['increment', ...Object.keys(out)].map((x) => [x, a[x as 'start']]))
    if (defaultSequenceOptions(type, given)[k] !== a[k]) out[k] = number(a[k])
  }
  if (a.cycle) out['cycle'] = 'true'
  return out
}

/** A constant as JavaScript, when the words spell it back the same. */
function constant(text: string, type: string, constants: Constants): string | null {
  const label = castLabel(type)
  if (constants === 'boolean') return text === 'true' || text === 'false' ? text : null
  if (constants === 'array') return text === `'{}'::${label}` ? '[]' : null
  if (constants === 'number') {
    const m = /^'?(-?\d+(?:\.\d+)?)'?(?:::[a-z]+)?$/.exec(text)
    if (m === null) return null
    const value = /^-?\d+$/.test(m[1]!) && !Number.isSafeInteger(Number(m[1])) ? BigInt(m[1]!) : Number(m[1])
    return literalDefault(value, label) === text ? `${value}${typeof value === 'bigint' ? 'n' : ''}` : null
  }
  const end = `::${label}`
  if (!text.startsWith("'") || !text.endsWith(end)) return null
  const value = text.slice(1, -end.length - 1).replaceAll("''", "'")
  if (literalDefault(value, label) !== text) return null
  return typeof constants === 'string' || constants.includes(value) ? quote(value) : null
}

/** The sequence of a serial column, when it is exactly what `serial` makes. */
function serialWord(w: Writer, o: Column): 'serial' | 'bigserial' | 'smallserial' | null {
  const word = ({ integer: 'serial', bigint: 'bigserial', smallint: 'smallserial' } as const)[o.attrs.type as 'integer']
  const path = [o.path[0]!, objectName(o.path[1]!, o.path[2]!, 'seq')]
  if (word === undefined || o.attrs.inherited || !o.attrs.notNull || o.attrs.default !== `nextval(${literal(qualified(path))}::regclass)`) return null
  const id = idOf('sequence', ...path)
  const sequence = w.model.objects.get(id)
  const owner = w.model.objects.get(idOf('sequence_owner', ...path))
  const type = o.attrs.type as 'integer'
  if (!equal((sequence?.attrs ?? null) as never, { type, ...defaultSequenceOptions(type, {}), unlogged: false })) return null
  if (!equal((owner?.attrs ?? null) as never, { table: o.path.slice(0, 2), column: o.path[2]! }) || w.has(satelliteId('owner', id))) return null
  w.take(id)
  w.take(owner!.id)
  return word
}

/** A column's builder with all its modifiers. `inKey` columns of a primary key are NOT NULL without saying so. */
export function columnCode(w: Writer, file: string, o: Column, inKey: boolean): string {
  const a = o.attrs
  const serial = serialWord(w, o)
  if (serial !== null) w.files.use(file, serial)
  const { code: builder, constants } = serial === null ? typeCode(w, file, a.type) : { code: `${serial}()`, constants: 'number' as const }
  const parts = [builder]
  if (a.notNull && !inKey && a.identity === null && serial === null) parts.push('notNull()')
  if (a.default !== null && serial === null) {
    const domain = w.typeNamed(a.type)?.attrs['type']
    parts.push(`default(${constant(a.default, typeof domain === 'string' ? domain : a.type, constants) ?? sqlIn(w, file, a.default)})`)
  }
  if (a.generated !== null) parts.push(`generated(${sqlIn(w, file, a.generated.expression)}${a.generated.stored ? '' : ', { stored: false }'})`)
  if (a.identity !== null) {
    const fields = object(sequenceFields(a.identity.type, a.identity))
    parts.push(`identity(${quote(a.identity.generated)}${fields.entries.length === 0 ? '' : `, ${print(fields)}`})`)
  }
  if (a.collation !== null) parts.push(`collate(${quote(collationCode(a.collation))})`)
  if (a.storage !== null) parts.push(`storage(${quote(a.storage)})`)
  if (a.compression !== null) parts.push(`compression(${quote(a.compression)})`)
  if (a.statistics !== null) parts.push(`statistics(${a.statistics})`)
  if (Object.keys(a.options).length > 0) parts.push(`options(${print(textRecord(a.options))})`)
  const comment = w.comment(o.id)
  if (comment !== undefined) parts.push(`comment(${quote(comment)})`)
  return parts.join('.')
}

/** `C` for `pg_catalog."C"`; anything else as it is. */
export function collationCode(text: string): string {
  const name = /^pg_catalog\."?(.*?)"?$/.exec(text)?.[1]?.replaceAll('""', '"')
  return name !== undefined && !name.includes('.') && collationName(name) === text ? name : text
}

/** A record of strings, with `true`, `false` and plain numbers bare. */
export function textRecord(values: { readonly [name: string]: string }): Code {
  return record(Object.entries(values).map(([k, v]) => [k, /^(true|false|-?(0|[1-9]\d{0,14}))$/.test(v) && v !== '-0' ? v : quote(v)]))
}

/** What an inherited column has otherwise than its parent's copy; null when nothing. */
export function overrideCode(w: Writer, file: string, o: Column, parent: ColumnAttrs): Code | null {
  const copy = inheritedColumn({ attrs: parent, refs: [], state: null, sequence: null }).attrs
  const fields: { [name: string]: Code | undefined } = {}
  const orNull = (text: string | null): string => (text === null ? 'null' : quote(text))
  for (const k of Object.keys(copy) as (keyof ColumnAttrs)[]) {
    const value = o.attrs[k]
    if (equal(value as never, copy[k] as never)) continue
    if (k === 'default') fields[k] = o.attrs.default === null ? 'null' : sqlIn(w, file, o.attrs.default)
    else if (k === 'generated')
      fields[k] = o.attrs.generated === null ? 'null' : object({ expression: sqlIn(w, file, o.attrs.generated.expression), stored: String(o.attrs.generated.stored) })
    else if (k === 'options') fields[k] = record(Object.entries(o.attrs.options).map(([n, v]) => [n, quote(v)]))
    else if (k === 'identity')
      fields[k] = o.attrs.identity === null ? 'null' : record(Object.entries(o.attrs.identity).map(([n, v]) => [n, typeof v === 'string' ? quote(v) : String(v)]))
    else if (k === 'storage' || k === 'collation' || k === 'compression') fields[k] = orNull(o.attrs[k])
    else fields[k] = String(value)
  }
  const comment = w.comment(o.id)
  if (comment !== undefined) fields['comment'] = quote(comment)
  return Object.keys(fields).length === 0 ? null : object(fields)
}
