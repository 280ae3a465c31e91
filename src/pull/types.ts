import { quote } from './code.ts'
import type { Writer } from './writer.ts'

/** How values of a type are written down as defaults. */
export type Constants = 'string' | 'number' | 'boolean' | 'array' | 'any' | readonly string[]

/** A column of a type, as TypeScript, and what its constants may be. */
export interface TypeCode {
  readonly code: string
  readonly constants: Constants
}

/** Words by the name format_type prints without modifiers, and what constants of them are. */
const plain: { readonly [type: string]: readonly [string, Constants] } = {
  uuid: ['uuid', 'string'], text: ['text', 'string'], smallint: ['smallint', 'number'], integer: ['integer', 'number'], bigint: ['bigint', 'number'],
  real: ['real', 'number'], 'double precision': ['doublePrecision', 'number'], numeric: ['numeric', 'number'], money: ['money', 'string'],
  boolean: ['boolean', 'boolean'], bytea: ['bytea', 'string'], json: ['json', 'any'], jsonb: ['jsonb', 'any'], xml: ['xml', 'string'],
  'character varying': ['varchar', 'string'], 'bit varying': ['varbit', 'string'], date: ['date', 'string'], oid: ['oid', 'number'], xid8: ['xid8', 'string'],
  'timestamp with time zone': ['timestamptz', 'string'], 'timestamp without time zone': ['timestamp', 'string'],
  'time with time zone': ['timetz', 'string'], 'time without time zone': ['time', 'string'], interval: ['interval', 'string'],
} // prettier-ignore

const others = new Set(
  `inet cidr macaddr macaddr8 tsvector tsquery point line lseg box path polygon circle int4range int8range numrange tsrange tstzrange
  daterange int4multirange int8multirange nummultirange tsmultirange tstzmultirange datemultirange`.split(/\s+/),
)

/** `name(modifiers) rest`, apart: `timestamp(3) with time zone` is `timestamp with time zone` with `3`. */
function parted(type: string): { base: string; modifiers: string | null } {
  const m = /^([a-z ]+?)\(([^()"]*)\)([a-z ]*)$/.exec(type)
  return m === null ? { base: type, modifiers: null } : { base: m[1]! + m[3]!, modifiers: m[2]! }
}

/** The builder of a type's name: declared types by their constant, others by word, anything else through type(…). */
export function typeCode(w: Writer, file: string, type: string, onlyConstants = false): TypeCode {
  if (type.endsWith('[]')) {
    const element = typeCode(w, file, type.slice(0, -2))
    return { code: `${element.code}.array()`, constants: 'array' }
  }
  const declared = declaredType(w, file, type)
  if (declared !== null) return declared
  const { base, modifiers } = parted(type)
  const word = (name: string, args: string, constants: Constants): TypeCode => {
    if (!onlyConstants) w.files.use(file, name)
    return { code: `${name}(${args})`, constants }
  }
  const interval = /^interval(?: ([a-z ]+?))?(?:\((\d)\))?$/.exec(type)
  if (interval) return word('interval', [interval[1] && quote(interval[1]), interval[2]].filter((x) => x !== undefined).join(', '), 'string')
  if (base === 'character' || base === 'bit') return modifiers === null ? other(w, file, type) : word(base === 'bit' ? 'bit' : 'char', modifiers === '1' ? '' : modifiers, 'string')
  const known = plain[base]
  if (known) return word(known[0], (modifiers ?? '').replace(/,0$/, '').replace(',', ', '), known[1])
  if (others.has(type)) return word(type, '', 'string')
  return other(w, file, type)
}

function other(w: Writer, file: string, type: string): TypeCode {
  w.files.use(file, 'type')
  return { code: `type(${quote(type)})`, constants: 'any' }
}

function declaredType(w: Writer, file: string, type: string): TypeCode | null {
  const o = w.typeNamed(type)
  const name = o === undefined ? undefined : w.use(file, o.id)
  if (o === undefined || name === undefined) return null
  if (o.kind === 'domain') return { code: `${name}()`, constants: typeCode(w, file, o.attrs['type'] as string, true).constants }
  return { code: `${name}()`, constants: o.kind === 'enum' ? (o.attrs['values'] as string[]) : o.kind === 'range_type' ? 'string' : 'any' }
}

/** What foreign keys compare: a type without modifiers, a domain's base type. */
export function comparedType(w: Writer, type: string): string {
  if (type.endsWith('[]')) return `${comparedType(w, type.slice(0, -2))}[]`
  const o = w.typeNamed(type)
  if (o === undefined) return parted(type).base
  return o.kind === 'domain' ? comparedType(w, o.attrs['type'] as string) : o.path[1]!
}
