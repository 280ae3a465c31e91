import { ident } from '../sql/identifier.ts'
import { Column } from './column.ts'
import { fail } from './fail.ts'
import { withoutModifiers } from './literal-default.ts'
import { isNamed, type Named } from './ref.ts'
import { SqlText } from './sql.ts'

type AnyColumn = Column<any, any, any, any>
type Mode = 'in' | 'out' | 'inout' | 'variadic'

/** An argument that is not simply IN. */
export interface Argument {
  readonly mode: Mode
  readonly column: AnyColumn
}

/** By name; a list for arguments without names; or text with the types of the input arguments, as the catalogs print both. */
export type Arguments = { readonly [name: string]: AnyColumn | Argument } | readonly (AnyColumn | Argument)[] | ArgumentText

/** `text` as pg_get_function_arguments prints it, `types` those of the input arguments: `integer, text`. */
export class ArgumentText {
  readonly text: string
  readonly types: string
  constructor(text: string, types: string) {
    this.text = text
    this.types = types
  }
}

/** Arguments as text, for what the words cannot say. */
export const argumentText = (text: string, types: string): ArgumentText => new ArgumentText(text, types)

export const out = (column: AnyColumn): Argument => ({ mode: 'out', column })
export const inout = (column: AnyColumn): Argument => ({ mode: 'inout', column })
export const variadic = (column: AnyColumn): Argument => ({ mode: 'variadic', column })

export interface ResolvedArguments {
  readonly text: string
  readonly types: string
  readonly refs: readonly string[]
  /** What a function with OUT arguments returns when it does not say. */
  readonly result: string | null
}

/** Arguments as the server prints them. Throws UserError for what is not a type. */
export function resolveArguments(given: Arguments | undefined, procedure: boolean, subject: string): ResolvedArguments {
  if (given === undefined) return { text: '', types: '', refs: [], result: null }
  if (given instanceof ArgumentText) return { text: given.text, types: given.types, refs: [], result: null }
  const list: (readonly [string | null, AnyColumn | Argument])[] = Array.isArray(given) ? (given as AnyColumn[]).map((c) => [null, c] as const) : Object.entries(given)
  const texts: string[] = []
  const types: string[] = []
  const refs: string[] = []
  const results: string[] = []
  for (const [name, like] of list) {
    const { mode, column } = like instanceof Column ? { mode: 'in' as const, column: like } : like
    if (!(column instanceof Column)) fail(subject, `argument ${name ?? ''} is not a type`, 'give a type, such as text(), or out(text())')
    const { type, default: value, refs: needs } = column.state
    const plain = withoutModifiers(type)
    const words = [mode === 'in' ? (procedure ? 'IN' : '') : mode.toUpperCase(), name === null || name === '' ? '' : ident(name), plain]
    texts.push(words.filter((w) => w !== '').join(' ') + (value === null ? '' : ` DEFAULT ${value.text}`))
    if (mode !== 'out') types.push(plain)
    if (mode === 'out' || mode === 'inout') results.push(plain)
    refs.push(...needs, ...(value?.refs ?? []))
  }
  return { text: texts.join(', '), types: types.join(', '), refs, result: results.length === 0 ? null : results.length === 1 ? results[0]! : 'record' }
}

export type Returns = string | AnyColumn | Named | SqlText | SetOf | { readonly table: { readonly [name: string]: AnyColumn } }

export interface SetOf {
  readonly setOf: string | AnyColumn | Named
}

/** RETURNS SETOF: rows of a table or type, or values of a type. */
export const setOf = (what: SetOf['setOf']): SetOf => ({ setOf: what })

/** The result as pg_get_function_result prints it. */
export function resolveReturns(given: Returns): { text: string; refs: readonly string[] } {
  if (typeof given === 'string') return { text: given, refs: [] }
  if (given instanceof SqlText) return given
  if (given instanceof Column) return { text: withoutModifiers(given.state.type), refs: given.state.refs }
  if (isNamed(given)) return { text: given.ref.text, refs: [given.ref.id] }
  if ('setOf' in given) {
    const inner = resolveReturns(given.setOf)
    return { text: `SETOF ${inner.text}`, refs: inner.refs }
  }
  const columns = Object.entries(given.table)
  return { text: `TABLE(${columns.map(([n, c]) => `${ident(n)} ${withoutModifiers(c.state.type)}`).join(', ')})`, refs: columns.flatMap(([, c]) => c.state.refs) }
}
