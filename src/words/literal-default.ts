import { literal } from '../sql/literal.ts'

/** A value that can be written down as a default. */
export type Plain = string | number | bigint | boolean | readonly unknown[] | { readonly [key: string]: unknown }

const int4 = 2147483647n

/** A number as the server prints a constant default (get_const_expr in utils/adt/ruleutils.c). */
function numberText(value: number | bigint): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return value < 0 ? `'${value}'::numeric` : String(value)
  const n = BigInt(value)
  if (n > int4 || n < -int4 - 1n) return `'${n}'::bigint`
  return n < 0n ? `'${n}'::integer` : String(n)
}

/** An array's text form: every element quoted that needs it. */
export function arrayText(values: readonly unknown[]): string {
  const element = (v: unknown): string => {
    if (v === null) return 'NULL'
    if (Array.isArray(v)) return arrayText(v)
    const text = String(v)
    return text === '' || /[{}",\\\s]/.test(text) || /^null$/i.test(text) ? `"${text.replace(/[\\"]/g, '\\$&')}"` : text
  }
  return `{${values.map(element).join(',')}}`
}

/** `label` is the type's name in a cast of a constant: `character varying`, `bpchar[]`. */
export function literalDefault(value: Plain, label: string): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number' || typeof value === 'bigint') return numberText(value)
  if (typeof value === 'string') return `${literal(value)}::${label}`
  const text = Array.isArray(value) && label.endsWith('[]') ? arrayText(value) : JSON.stringify(value)
  return `${literal(text)}::${label}`
}

/** The name of a type where modifiers are dropped, as casts of constants and function signatures print it. */
export function withoutModifiers(type: string): string {
  return type.replace(/^((?:[^"(]|"(?:[^"]|"")*")*)\([^)]*\)/, '$1')
}

/** The same in a cast: `character` and `bit` alone would mean a length of one. */
export function castLabel(type: string): string {
  const plain = withoutModifiers(type)
  return plain.replace(/^character(?=\[|$)/, 'bpchar').replace(/^bit(?=\[|$)/, '"bit"')
}
