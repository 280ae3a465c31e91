import type { Column, ColumnAttrs } from '../kinds/column/index.ts'
import type { ForeignKeyAttrs } from '../kinds/foreign_key/index.ts'
import type { TableAttrs } from '../kinds/table/index.ts'
import { equal } from '../model/equal.ts'
import { idOf, type DbObject } from '../model/object.ts'
import { ident } from '../sql/identifier.ts'
import { inheritedColumn } from '../words/columns.ts'
import { call, object, quote, record, unlessEmpty, type Code } from './code.ts'
import { columnCode, overrideCode, sqlIn, textRecord } from './column.ts'
import { checksCode, exclusionsCode, foreignKeyCode, indexesCode, primaryKeyCode, primaryKeyOf, referenceCode, uniqueCode } from './constraints.ts'
import { commentCode, rowSecurityCode, triggersCode } from './behaviour.ts'
import { boundCode } from './bound.ts'
import { grantsCode, roleCode } from './grants.ts'
import type { Writer } from './writer.ts'

type Table = DbObject<TableAttrs>

/** Partitions by the table they are of. */
export type PartitionsOf = ReadonlyMap<string, readonly Table[]>

/** What is said while tables are written and must stand somewhere else. */
export interface Later {
  /** Foreign keys between tables that refer to each other. */
  readonly foreignKeys: DbObject<ForeignKeyAttrs>[]
}

const parentOf = (w: Writer, path: readonly string[]): Table | undefined => w.model.objects.get(idOf('table', ...path)) as Table | undefined
export const columnsOf = (w: Writer, table: string): Column[] => w.children<ColumnAttrs>(table, 'column')

/** A table or partition as what its word takes. `partitions` are written inside unless they have a constant of their own. */
export function tableFields(w: Writer, file: string, o: Table, partitions: PartitionsOf, later: Later): { [name: string]: Code | undefined } {
  w.take(o.id)
  const a = o.attrs
  const key = new Set(primaryKeyOf(w, o.id)?.attrs.columns ?? [])
  const columns = columnsOf(w, o.id)
  const inside = (partitions.get(o.id) ?? []).filter((p) => !w.constants.has(p.id))
  return {
    comment: commentCode(w, o.id),
    owner: ownerCode(w, file, o.id),
    columns: a.partitionOf === null ? ownColumns(w, file, o, columns, key) : partitionColumns(w, file, a.partitionOf.table, columns),
    primaryKey: primaryKeyCode(w, o),
    unique: uniqueCode(w, o.id),
    checks: checksCode(w, file, o.id),
    exclude: exclusionsCode(w, file, o.id),
    foreignKeys: foreignKeysCode(w, file, o, later),
    indexes: indexesCode(w, file, o.id),
    triggers: triggersCode(w, file, o.id),
    rowSecurity: rowSecurityCode(w, file, o.id, o.path),
    grants: grantsCode(w, file, o.id, columns.map((c) => c.id)), // prettier-ignore
    unlogged: a.unlogged ? 'true' : undefined,
    options: Object.keys(a.options).length === 0 ? undefined : textRecord(a.options),
    accessMethod: a.accessMethod === null ? undefined : quote(a.accessMethod),
    tablespace: a.tablespace === null ? undefined : quote(a.tablespace),
    replicaIdentity:
      a.replicaIdentity === 'default' ? undefined : typeof a.replicaIdentity === 'string' ? quote(a.replicaIdentity) : object({ index: quote(a.replicaIdentity.index) }),
    clusterOn: a.clusterOn === null ? undefined : quote(a.clusterOn),
    ofType: a.ofType === null ? undefined : ((w.typeNamed(a.ofType) && w.use(file, w.typeNamed(a.ofType)!.id)) ?? quote(a.ofType)),
    inherits: a.inherits.length === 0 ? undefined : a.inherits.map((p) => parentCode(w, file, p, columns)),
    partitionBy: a.partitionBy === null ? undefined : partitionByCode(w, file, a.partitionBy, columns),
    partitions: unlessEmpty(record(inside.map((p) => [p.path[1]!, partitionCode(w, file, p, o, partitions, later)]))),
  }
}

export function ownerCode(w: Writer, file: string, id: string): string | undefined {
  const owner = w.owner(id)
  return owner === undefined ? undefined : roleCode(w, file, owner)
}

/** A parent's constant; a table outside the model with the columns that come from it. */
export function parentCode(w: Writer, file: string, path: readonly string[], columns: readonly Column[]): Code {
  const known = w.use(file, idOf('table', ...path))
  if (known !== undefined) return known
  w.files.use(file, 'existingTable')
  return call(
    'existingTable',
    quote(path[0]!),
    quote(path[1]!),
    record(columns.filter((c) => c.attrs.inherited).map((c) => [c.path[2]!, columnCode(w, file, { ...c, id: '', attrs: { ...c.attrs, inherited: false } }, false)])),
  )
}

/** Columns that a table has beside or otherwise than its parents hand them down. */
function ownColumns(w: Writer, file: string, o: Table, columns: readonly Column[], key: ReadonlySet<string>): Code {
  const handed = new Map<string, ColumnAttrs>()
  for (const p of o.attrs.inherits) {
    const parent = parentOf(w, p)
    if (parent) for (const c of columnsOf(w, parent.id)) handed.set(c.path[2]!, inheritedColumn({ attrs: c.attrs, refs: [], state: null, sequence: null }).attrs)
  }
  const asHanded = (c: Column): boolean => {
    const copy = handed.get(c.path[2]!)
    const outside = copy === undefined && c.attrs.inherited
    return outside || (copy !== undefined && equal({ ...copy, notNull: copy.notNull || key.has(c.path[2]!) } as never, c.attrs as never) && !w.has(`comment(${c.id})`))
  }
  const own: [string, Code][] = []
  for (const c of columns) {
    w.take(c.id)
    if (!asHanded(c)) own.push([c.path[2]!, columnCode(w, file, c, key.has(c.path[2]!))])
  }
  return record(own)
}

function partitionColumns(w: Writer, file: string, parent: readonly string[], columns: readonly Column[]): Code | undefined {
  const out: [string, Code][] = []
  for (const c of columns) {
    w.take(c.id)
    const above = w.model.objects.get(idOf('column', ...parent, c.path[2]!)) as Column | undefined
    const code = overrideCode(w, file, c, above?.attrs ?? c.attrs)
    if (code !== null) out.push([c.path[2]!, code])
  }
  return unlessEmpty(record(out))
}

function foreignKeysCode(w: Writer, file: string, o: Table, later: Later): readonly Code[] | undefined {
  const out: Code[] = []
  for (const f of w.takeChildren<ForeignKeyAttrs>(o.id, 'foreign_key')) {
    const references = referenceCode(w, file, f)
    if (references === undefined) later.foreignKeys.push(f)
    else out.push(foreignKeyCode(w, file, f, references))
  }
  return out.length === 0 ? undefined : out
}

/** A partition as an entry of its parent's `partitions`, or for `partition(…)`. */
export function partitionCode(w: Writer, file: string, o: Table, parent: Table | undefined, partitions: PartitionsOf, later: Later): Code {
  const namespace = o.attrs.partitionOf!.table[0] === o.path[0] ? undefined : w.namespace(file, o.path[0]!)
  const { primaryKey, ...fields } = tableFields(w, file, o, partitions, later)
  const bound = boundCode(w, file, o, parent)
  const code = object({ namespace, ...bound, primaryKey, ...fields })
  return code.entries.length === 1 && code.entries[0]![0] === 'default' ? quote('default') : code
}

/** `range('id')` where the key is columns; the text as it is where it is more. */
function partitionByCode(w: Writer, file: string, text: string, columns: readonly Column[]): Code {
  const m = /^(RANGE|LIST|HASH) \((.*)\)$/s.exec(text)
  if (m === null) throw new Error(`a partition key reads ${text}`)
  const word = m[1]!.toLowerCase()
  w.files.use(file, word)
  const names = new Map(columns.map((c) => [ident(c.path[2]!), c.path[2]!]))
  const parts = m[2]!.split(', ')
  return parts.every((p) => names.has(p)) ? `${word}(${parts.map((p) => quote(names.get(p)!)).join(', ')})` : `${word}(${sqlIn(w, file, m[2]!)})`
}
