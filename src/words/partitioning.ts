import { ident } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import { collationName } from './column.ts'
import { fail } from './fail.ts'
import type { Bound, BoundValue, Monthly, Partitioning, PartitionKey } from './partition-types.ts'
import { SqlText, sqlText } from './sql.ts'
import type { TableInfo } from './table-info.ts'

function partitioning<N extends string>(strategy: Partitioning<N>['strategy'], parts: readonly (PartitionKey<N> | Monthly)[]): Partitioning<N> {
  const isMonthly = (p: PartitionKey<N> | Monthly): p is Monthly => typeof p === 'object' && 'monthly' in p
  return { strategy, on: parts.filter((p) => !isMonthly(p)) as PartitionKey<N>[], monthly: parts.find(isMonthly) ?? null }
}

/** A word that gives a partition key; of expressions alone it names no column. */
interface Strategy<More> {
  (...on: readonly (SqlText | More)[]): Partitioning<never>
  <const N extends string>(...on: readonly (PartitionKey<N> | More)[]): Partitioning<N>
}

/** PARTITION BY RANGE: columns or expressions, and `monthly(…)` when its partitions are months. */
export const range: Strategy<Monthly> = (...on: readonly (PartitionKey<string> | Monthly)[]): any => partitioning('RANGE', on)
export const list: Strategy<never> = (...on: readonly PartitionKey<string>[]): any => partitioning('LIST', on)
export const hash: Strategy<never> = (...on: readonly PartitionKey<string>[]): any => partitioning('HASH', on)

/** Below and above every value, in a range's bound. */
export const minvalue: SqlText = sqlText('MINVALUE')
export const maxvalue: SqlText = sqlText('MAXVALUE')

/** As pg_get_partkeydef prints it, and what it refers to. */
export function partitionKeyText(p: Partitioning<string>, table: TableInfo): SqlText {
  const refs: string[] = []
  const parts = p.on.map((part) => {
    const e = typeof part === 'string' || part instanceof SqlText ? { on: part, collation: null, opclass: null } : part
    if (typeof e.on === 'string') table.check(e.on, `the partition key of ${table.ref.text}`)
    refs.push(...(typeof e.on === 'string' ? [table.columnId(e.on)] : e.on.refs))
    const collation = e.collation === null ? '' : ` COLLATE ${collationName(e.collation)}`
    return `${typeof e.on === 'string' ? ident(e.on) : e.on.text}${collation}${e.opclass === null ? '' : ` ${e.opclass}`}`
  })
  return new SqlText(`${p.strategy} (${parts.join(', ')})`, refs)
}

/** A constant without its cast, as bounds print it (get_const_expr with showtype -1). */
export function boundValue(value: BoundValue, type: string | undefined): string {
  if (value instanceof SqlText) return value.text
  if (value === null) return 'NULL'
  if (typeof value === 'boolean') return String(value)
  const text = String(value)
  const bare =
    (type === 'integer' && /^\d+$/.test(text)) || (type?.startsWith('numeric') === true && /^\d+(\.\d+)?$/.test(text)) || (type === 'boolean' && /^(true|false)$/.test(text))
  return bare ? text : literal(text)
}

/** As pg_get_expr prints relpartbound. Throws UserError when it is no bound. */
export function boundText(bound: Bound, parent: TableInfo, key: Partitioning<string> | null, subject: string): string {
  if ('default' in bound) return 'DEFAULT'
  if ('bound' in bound) return bound.bound.text
  if ('modulus' in bound) return `FOR VALUES WITH (modulus ${bound.modulus}, remainder ${bound.remainder})`
  const types = (key?.on ?? []).map((k) => (typeof k === 'string' ? parent.columns.get(k)?.attrs.type : undefined))
  const tuple = (v: BoundValue | readonly BoundValue[]): string => (Array.isArray(v) ? (v as BoundValue[]) : [v as BoundValue]).map((x, i) => boundValue(x, types[i])).join(', ')
  if ('in' in bound) return `FOR VALUES IN (${bound.in.map((v) => boundValue(v, types[0])).join(', ')})`
  if (bound.from === undefined || bound.to === undefined) fail(subject, 'it has no bound', "give from and to, in: […], modulus and remainder, or 'default'")
  return `FOR VALUES FROM (${tuple(bound.from)}) TO (${tuple(bound.to)})`
}
