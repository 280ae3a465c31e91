import type { Id } from '../model/object.ts'
import { literal } from '../sql/literal.ts'
import { ident } from '../sql/identifier.ts'
import { Column, type ColumnState, type ValueKind } from './column.ts'
import { fail } from './fail.ts'
import { castLabel } from './literal-default.ts'
import type { Named } from './ref.ts'

/** A type's name without `(…)`: what foreign keys compare. */
export type BaseType<S extends string> = S extends `${infer A}(${string})${infer B}` ? `${A}${B}` : S

/** A column of a type as format_type prints it. `label` is for types whose constants are cast to another (domains). */
export function columnOf<T, S extends string>(type: string, value: ValueKind, refs: readonly Id[] = [], more: Partial<ColumnState> = {}): Column<T, S> {
  return new Column<T, S>({
    type, label: castLabel(type), value, dimensions: 0, refs, notNull: false, default: null, generated: null, identity: null, serial: null,
    collation: null, storage: null, compression: null, statistics: null, options: {}, grants: [], ...more,
  }) // prettier-ignore
}

/**
 * A column of any type, spelled as PostgreSQL prints it: `type('app.mood')`, `type('public.citext')`. Say what it is in
 * TypeScript with `.as<…>()`, and what it needs when that is declared.
 */
export function type<const S extends string>(name: S, options: { readonly needs?: readonly Named[]; readonly value?: ValueKind } = {}): Column<unknown, BaseType<S>> {
  if (typeof name !== 'string' || name === '') fail('type(…)', 'the type has no name', "give one, such as type('app.mood')")
  return columnOf(
    name,
    options.value ?? 'unknown',
    (options.needs ?? []).map((n) => n.ref.id),
  )
}

/** A text column that holds one of these values: the column, its TypeScript union and a CHECK, from one list. */
export function oneOf<const V extends readonly [string, ...string[]]>(values: V): Column<V[number], 'text'> {
  const list = values.map((v) => `${literal(v)}::text`)
  const check = (column: string): string => (list.length === 1 ? `(${ident(column)} = ${list[0]})` : `(${ident(column)} = ANY (ARRAY[${list.join(', ')}]))`)
  return columnOf('text', 'string', [], { values, check })
}

export const uuid = () => columnOf<string, 'uuid'>('uuid', 'string')
export const boolean = () => columnOf<boolean, 'boolean'>('boolean', 'boolean')
export const bytea = () => columnOf<Uint8Array, 'bytea'>('bytea', 'bytes')
export const json = () => columnOf<unknown, 'json'>('json', 'json')
export const jsonb = () => columnOf<unknown, 'jsonb'>('jsonb', 'json')
export const xml = () => columnOf<string, 'xml'>('xml', 'string')

export const text = () => columnOf<string, 'text'>('text', 'string')
/** Without a length it is `character varying`, as long as text. */
export const varchar = (length?: number) => columnOf<string, 'character varying'>(`character varying${modifier(length)}`, 'string')
/** Blank-padded; one character without a length, as in SQL. */
export const char = (length = 1) => columnOf<string, 'character'>(`character(${length})`, 'string')
export const bit = (length = 1) => columnOf<string, 'bit'>(`bit(${length})`, 'string')
export const varbit = (length?: number) => columnOf<string, 'bit varying'>(`bit varying${modifier(length)}`, 'string')

function modifier(n: number | undefined): string {
  return n === undefined ? '' : `(${n})`
}
