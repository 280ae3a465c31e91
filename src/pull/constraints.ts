import type { CheckAttrs } from '../kinds/check/index.ts'
import type { ExclusionAttrs } from '../kinds/exclusion/index.ts'
import type { ForeignKeyAttrs } from '../kinds/foreign_key/index.ts'
import type { IndexAttrs } from '../kinds/index/index.ts'
import type { KeyAttrs } from '../kinds/key/index.ts'
import { idOf, type DbObject, type Id } from '../model/object.ts'
import { columnsPart, objectName } from '../words/names.ts'
import { call, object, print, quote, record, unlessEmpty, type Code } from './code.ts'
import { collationCode, sqlIn, textRecord } from './column.ts'
import { comparedType } from './types.ts'
import type { Writer } from './writer.ts'

const flag = (value: boolean, usual = false): string | undefined => (value === usual ? undefined : String(value))
const list = (names: readonly string[]): Code => names.map(quote)
const someList = (names: readonly string[]): Code | undefined => (names.length === 0 ? undefined : list(names))
const some = (values: { readonly [name: string]: string }): Code | undefined => (Object.keys(values).length === 0 ? undefined : textRecord(values))
const said = (text: string | null | undefined): string | undefined => (text === null || text === undefined ? undefined : quote(text))

function keyFields(w: Writer, o: DbObject<KeyAttrs>): { [name: string]: Code | undefined } {
  const a = o.attrs
  return {
    include: someList(a.include), nullsNotDistinct: flag(a.nullsNotDistinct), deferrable: flag(a.deferrable), deferred: flag(a.deferred),
    options: some(a.options), tablespace: said(a.tablespace), withoutOverlaps: flag(a.withoutOverlaps), comment: said(w.comment(o.id)),
  } // prettier-ignore
}

const hasFields = (fields: { readonly [name: string]: Code | undefined }): boolean => Object.values(fields).some((v) => v !== undefined)

export function primaryKeyOf(w: Writer, table: Id): DbObject<KeyAttrs> | undefined {
  return w.children<KeyAttrs>(table, 'key').find((k) => k.attrs.primary)
}

export function primaryKeyCode(w: Writer, table: DbObject): Code | undefined {
  const found = primaryKeyOf(w, table.id)
  const o = found && w.take<KeyAttrs>(found.id)
  if (o === undefined) return undefined
  const usual = objectName(table.path[1]!, null, 'pkey')
  const fields = { name: o.path[2] === usual ? undefined : quote(o.path[2]!), ...keyFields(w, o) }
  return hasFields(fields) ? object({ on: list(o.attrs.columns), ...fields }) : list(o.attrs.columns)
}

export function uniqueCode(w: Writer, table: Id): Code | undefined {
  const keys = w.takeChildren<KeyAttrs>(table, 'key').map((o): [string, Code] => {
    const fields = keyFields(w, o)
    return [o.path[2]!, hasFields(fields) ? object({ on: list(o.attrs.columns), ...fields }) : list(o.attrs.columns)]
  })
  return unlessEmpty(record(keys))
}

export function checksCode(w: Writer, file: string, table: Id): Code | undefined {
  const checks = w.takeChildren<CheckAttrs>(table, 'check').map((o): [string, Code] => {
    const fields = { noInherit: flag(o.attrs.noInherit), valid: flag(o.attrs.valid, true), enforced: flag(o.attrs.enforced, true), comment: said(w.comment(o.id)) }
    const sql = sqlIn(w, file, o.attrs.expression)
    return [o.path[2]!, hasFields(fields) ? object({ check: sql, ...fields }) : sql]
  })
  return unlessEmpty(record(checks))
}

export function exclusionsCode(w: Writer, file: string, table: Id): Code | undefined {
  const found = w
    .takeChildren<ExclusionAttrs>(table, 'exclusion')
    .map((o): [string, Code] => [
      o.path[2]!,
      object({ definition: sqlIn(w, file, o.attrs.definition), deferrable: flag(o.attrs.deferrable), deferred: flag(o.attrs.deferred), comment: said(w.comment(o.id)) }),
    ])
  return unlessEmpty(record(found))
}

export function indexesCode(w: Writer, file: string, table: Id): Code | undefined {
  const found = w.takeChildren<IndexAttrs>(table, 'index').map((o): [string, Code] => {
    const a = o.attrs
    const fields = {
      using: a.method === 'btree' ? undefined : quote(a.method), unique: flag(a.unique), nullsNotDistinct: flag(a.nullsNotDistinct), include: someList(a.include),
      where: a.where === null ? undefined : sqlIn(w, file, a.where), options: some(a.options), tablespace: said(a.tablespace),
      statistics: Object.keys(a.statistics).length === 0 ? undefined : record(Object.entries(a.statistics).map(([k, v]) => [k, String(v)])),
      valid: flag(a.valid, true), comment: said(w.comment(o.id)),
    } // prettier-ignore
    const on = a.on.map((e) => elementCode(w, file, e))
    return [
      o.path[1]!,
      hasFields(fields) || a.on.some((e) => e.column === null || e.descending || e.nullsFirst || e.opclass !== null || e.collation !== null) ? object({ on, ...fields }) : on,
    ]
  })
  return unlessEmpty(record(found))
}

function elementCode(w: Writer, file: string, e: IndexAttrs['on'][number]): string {
  const word = (name: string, ...args: string[]): string => {
    w.files.use(file, name)
    return `${name}(${args.join(', ')})`
  }
  let code = e.column === null ? sqlIn(w, file, e.expression!) : quote(e.column)
  if (e.collation !== null) code = word('collate', code, quote(collationCode(e.collation)))
  if (e.opclass !== null) code = word('op', code, quote(e.opclass))
  if (e.descending) code = word('desc', code)
  if (e.nullsFirst !== e.descending) code = word(e.nullsFirst ? 'nullsFirst' : 'nullsLast', code)
  return code
}

/** A foreign key's entry in a table's list. */
export function foreignKeyCode(w: Writer, file: string, o: DbObject<ForeignKeyAttrs>, references: Code): Code {
  const a = o.attrs
  const usual = objectName(o.path[1]!, columnsPart(a.columns), 'fkey')
  const action = (name: string): string | undefined => (name === 'no action' ? undefined : quote(name))
  return object({
    columns: list(a.columns), references, name: o.path[2] === usual ? undefined : quote(o.path[2]!), onDelete: action(a.onDelete), onUpdate: action(a.onUpdate),
    onDeleteColumns: someList(a.onDeleteColumns), match: a.match === 'simple' ? undefined : quote(a.match), deferrable: flag(a.deferrable), deferred: flag(a.deferred),
    valid: a.valid === a.enforced ? undefined : String(a.valid), enforced: flag(a.enforced, true), period: flag(a.period), comment: said(w.comment(o.id)),
  }) // prettier-ignore
}

/** What a foreign key refers to. Undefined when the table's constant cannot be used in the file. */
export function referenceCode(w: Writer, file: string, o: DbObject<ForeignKeyAttrs>): Code | undefined {
  const a = o.attrs
  const target = idOf('table', ...a.table)
  const same = columnTypes(w, o.path, a.columns).join('\0') === columnTypes(w, a.table, a.references).join('\0')
  const key = primaryKeyOf(w, target)?.attrs.columns ?? partitionKey(w, target)
  const isKey = key !== undefined && key.join('\0') === a.references.join('\0')
  if (same && target === o.parent && isKey) return quote('self')
  if (same && target === o.parent) {
    w.files.use(file, 'self')
    return call('self', ...a.references.map(quote))
  }
  if (target === o.parent) return undefined
  if (!w.has(target)) {
    w.files.use(file, 'existingTable', 'type')
    const columns = record(a.references.map((c) => [c, `type('unknown')`]))
    return `${printInline('existingTable', quote(a.table[0]!), quote(a.table[1]!), columns)}.key(${a.references.map(quote).join(', ')}).anyType()`
  }
  const name = w.use(file, target)
  if (name === undefined) return undefined
  return same && isKey ? name : `${name}.key(${a.references.map(quote).join(', ')})${same ? '' : '.anyType()'}`
}

function partitionKey(w: Writer, table: Id): readonly string[] | undefined {
  const of = w.model.objects.get(table)?.attrs['partitionOf'] as { table: string[] } | null | undefined
  if (!of) return undefined
  const parent = idOf('table', ...of.table)
  return primaryKeyOf(w, parent)?.attrs.columns ?? partitionKey(w, parent)
}

const columnTypes = (w: Writer, table: readonly string[], columns: readonly string[]): string[] =>
  columns.map((c) => comparedType(w, (w.model.objects.get(idOf('column', ...table.slice(0, 2), c))?.attrs['type'] as string | undefined) ?? '?'))

function printInline(name: string, ...args: readonly Code[]): string {
  return `${name}(${args.map((a) => (typeof a === 'string' ? a : print(a))).join(', ')})`
}
