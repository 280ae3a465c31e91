import type { Model } from '../model/model.ts'
import { childrenOf } from '../model/model.ts'
import { idOf, type DbObject, type Id } from '../model/object.ts'
import { ident, qualified } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import type { ColumnAttrs } from './column/index.ts'
import type { ForeignKeyAttrs } from './foreign_key/index.ts'
import type { TableAttrs } from './table/index.ts'

/** A table that can be given rows. `insert` writes one row; `attempt` varies the values. */
export interface SeedTable {
  readonly id: Id
  readonly name: string
  readonly insert: (row: number, attempt: number) => string
}

/** Tables of a model that hold rows of their own, referenced ones first. Foreign keys in a circle are left null. */
export function seedable(model: Model): SeedTable[] {
  const children = childrenOf(model)
  const tables = [...model.objects.values()].filter((o): o is DbObject<TableAttrs> => o.kind === 'table' && (o.attrs as TableAttrs).partitionOf === null)
  const sorted = parentsFirst(tables, children)
  const place = new Map(sorted.map((t, i) => [t.id, i]))
  return sorted.map((t) => seedTable(t, children.get(t.id) ?? [], model, (id) => (place.get(id) ?? Infinity) < place.get(t.id)!))
}

function parentsFirst(tables: readonly DbObject<TableAttrs>[], children: ReadonlyMap<Id, readonly DbObject[]>): DbObject<TableAttrs>[] {
  const out: DbObject<TableAttrs>[] = []
  const state = new Map<Id, 'open' | 'done'>()
  const byId = new Map(tables.map((t) => [t.id, t]))
  const visit = (t: DbObject<TableAttrs>): void => {
    if (state.has(t.id)) return
    state.set(t.id, 'open')
    for (const c of children.get(t.id) ?? []) {
      const target = c.kind === 'foreign_key' ? byId.get(idOf('table', ...(c.attrs as ForeignKeyAttrs).table)) : undefined
      if (target) visit(target)
    }
    state.set(t.id, 'done')
    out.push(t)
  }
  tables.forEach(visit)
  return out
}

function seedTable(table: DbObject<TableAttrs>, own: readonly DbObject[], model: Model, earlier: (id: Id) => boolean): SeedTable {
  const columns = own.filter((c): c is DbObject<ColumnAttrs> => c.kind === 'column' && (c.attrs as ColumnAttrs).generated === null)
  const foreignKeys = own.filter((c): c is DbObject<ForeignKeyAttrs> => c.kind === 'foreign_key')
  const words = own.flatMap((c) => (c.kind === 'check' ? quoted((c.attrs as { expression: string }).expression) : []))
  const name = qualified(table.path)
  const bounds = [...model.objects.values()].flatMap((o) => {
    const p = o.kind === 'table' ? (o.attrs as TableAttrs).partitionOf : null
    return p !== null && qualified(p.table) === name ? quoted(p.bound) : []
  })
  const key = /\((\w+|"[^"]+")/.exec(table.attrs.partitionBy ?? '')?.[1]

  const value = (c: DbObject<ColumnAttrs>, row: number, attempt: number): string => {
    if (key === ident(c.path[2]!) && bounds.length > 0) return literal(vary(bounds[0]!, row, attempt))
    for (const f of foreignKeys) {
      const at = f.attrs.columns.indexOf(c.path[2]!)
      if (at < 0) continue
      if (!earlier(idOf('table', ...f.attrs.table))) return c.attrs.notNull ? valueOf(c.attrs.type, row, attempt, words, model) : 'NULL'
      return `(SELECT ${ident(f.attrs.references[at]!)} FROM ${qualified(f.attrs.table)} ORDER BY ctid OFFSET ${row} LIMIT 1)`
    }
    if (attempt % 2 === 1 && !c.attrs.notNull) return 'NULL'
    if (attempt >= 2 && c.attrs.default !== null) return 'DEFAULT'
    return valueOf(c.attrs.type, row, attempt, words, model)
  }
  const insert = (row: number, attempt: number): string => {
    if (columns.length === 0) return `INSERT INTO ${name} DEFAULT VALUES`
    const list = columns.map((c) => ident(c.path[2]!)).join(', ')
    return `INSERT INTO ${name} (${list}) OVERRIDING SYSTEM VALUE VALUES (${columns.map((c) => value(c, row, attempt)).join(', ')})`
  }
  return { id: table.id, name, insert }
}

/** The string literals in an expression as the server prints it: likely values of an enumeration. */
function quoted(expression: string): string[] {
  return [...expression.matchAll(/'((?:[^']|'')*)'/g)].map((m) => m[1]!.replaceAll("''", "'")).filter((w) => w !== '')
}

/** Another value right behind a lower bound: a UUID of version 7 where that is still behind it, else or next the plain next one. */
function vary(bound: string, row: number, attempt: number): string {
  if (!/^[0-9a-f]{8}-/.test(bound)) return bound
  return attempt % 2 === 0 && bound.endsWith('-0000-0000-000000000000') ? `${bound.slice(0, 14)}7000-8000-00000000000${row + 1}` : bound.slice(0, -1) + String(row + 1)
}

/** A literal of a type, different for each row. */
function valueOf(type: string, row: number, attempt: number, words: readonly string[], model: Model): string {
  const n = row + 1
  if (type.endsWith('[]')) return `ARRAY[${valueOf(type.slice(0, -2), row, attempt, words, model)}]::${type}`
  const base = type.replace(/\(.*\)/, '')
  const length = Number(/\((\d+)/.exec(type)?.[1] ?? 1000)
  const word = words.length > 0 && attempt % 3 !== 2 ? words[(row * (attempt > 2 ? 1 : 0) + attempt) % words.length]! : `seed ${n}`
  switch (base) {
    case 'text': case 'character varying': case 'character': case 'name': case 'citext': case 'public.citext':
      return literal(word.slice(0, length))
    case 'smallint': case 'integer': case 'bigint': case 'oid': return String(n)
    case 'numeric': case 'real': case 'double precision': return length < 3 ? '0' : String(n)
    case 'boolean': return row % 2 === 0 ? 'true' : 'false'
    case 'uuid': return `'0000000${n}-0000-7000-8000-00000000000${n}'`
    case 'json': case 'jsonb': return `'{"seed": ${n}}'`
    case 'bytea': return `decode(repeat('0${n}', 32), 'hex')`
    case 'date': return `'2026-01-0${n}'`
    case 'time without time zone': case 'time with time zone': case 'time': return `'0${n}:00:00'`
    case 'timestamp without time zone': case 'timestamp with time zone': case 'timestamp': return `'2026-01-0${n} 00:00:00+00'`
    case 'interval': return `'${n} days'`
    case 'inet': case 'cidr': return `'10.0.0.${n}'`
    case 'macaddr': return `'08:00:2b:01:02:0${n}'`
    case 'xid8': return `'${n}'`
    case 'point': return `'(${n},${n})'`
    case 'xml': return `'<seed>${n}</seed>'`
    case 'tsvector': return `'seed${n}'`
    case 'bit': return `B'${'0'.repeat(length === 1000 ? 1 : length)}'`
    case 'money': return `'${n}'`
    case 'tstzrange': case 'tsrange': case 'daterange': return `'[2026-01-0${n},2026-01-0${n + 1})'`
    case 'int4range': case 'int8range': case 'numrange': return `'[${n},${n + 1})'`
  } // prettier-ignore
  const declared = [...model.objects.values()].find((o) => (o.kind === 'enum' || o.kind === 'domain') && qualified(o.path) === type)
  if (declared?.kind === 'enum') return literal((declared.attrs as { values: string[] }).values[row % 3] ?? (declared.attrs as { values: string[] }).values[0] ?? '')
  if (declared?.kind === 'domain') {
    const checks = [...model.objects.values()].filter((o) => o.kind === 'domain_check' && o.parent === declared.id)
    const more = checks.flatMap((c) => quoted((c.attrs as { expression: string }).expression).map(fromPattern))
    return valueOf((declared.attrs as { type: string }).type, row, attempt, more, model)
  }
  return 'NULL'
}

/** A word that simple patterns such as `^[A-Z]{3}$` take. */
function fromPattern(word: string): string {
  const m = /^\^\[A-Z\]\{(\d+)\}\$$/.exec(word)
  return m ? 'USD'.slice(0, Number(m[1])) : word
}
