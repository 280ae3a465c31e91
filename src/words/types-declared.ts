import type { CompositeAttrs } from '../kinds/composite_type/index.ts'
import type { DomainAttrs } from '../kinds/domain/index.ts'
import type { DomainCheckAttrs } from '../kinds/domain_check/index.ts'
import type { RangeAttrs } from '../kinds/range_type/index.ts'
import type { Column } from './column.ts'
import { collationName } from './column.ts'
import { columnOf } from './column-types.ts'
import { addComment } from './comment.ts'
import { checkedName, fail } from './fail.ts'
import { literalDefault } from './literal-default.ts'
import { objectName } from './names.ts'
import type { NamespaceLike } from './namespace.ts'
import { refOf, type Named } from './ref.ts'
import { add } from './registry.ts'
import { callSite } from './site.ts'
import { SqlText } from './sql.ts'
import { addType, typeWord, type TypeTraits, type TypeWord } from './type-word.ts'

/** Declares an enum. Out: a word for columns of it; `.values` are its values. */
export function enumType<const N extends string, const V extends readonly string[]>(
  namespace: NamespaceLike,
  name: N,
  values: V,
  traits: TypeTraits = {},
): TypeWord<V[number], N> & { readonly values: V } {
  if (!Array.isArray(values)) fail(`enum ${name}`, 'it has no list of values', "give one: ['a', 'b']")
  const ref = addType('enum', namespace, name, { values: [...values] }, [], traits, callSite())
  return typeWord(ref, () => columnOf<V[number], N>(ref.text, 'string', [ref.id], { values: [...values] }), { values })
}

export interface DomainCheck {
  readonly check: SqlText
  readonly valid?: boolean
  readonly comment?: string
}

export interface DomainSpec<T, S extends string> extends TypeTraits {
  /** The type it is over, as a column of it: `bigint()`. */
  readonly as: Column<T, S, any, any>
  readonly notNull?: boolean
  readonly default?: SqlText | string | number | boolean
  readonly collation?: string
  /** Over VALUE, by name; alone for PostgreSQL's own name `<domain>_check`. */
  readonly checks?: { readonly [name: string]: SqlText | DomainCheck } | SqlText
}

/** Declares a domain. Its columns compare with those of its base type in foreign keys, as in PostgreSQL. */
export function domain<T, S extends string>(namespace: NamespaceLike, name: string, spec: DomainSpec<T, S>): TypeWord<T, S> {
  const site = callSite()
  const base = spec.as?.state ?? fail(`domain ${name}`, 'it does not say what it is over', 'give as: text() or another type')
  const given = spec.default === undefined || spec.default instanceof SqlText ? (spec.default ?? base.default) : new SqlText(literalDefault(spec.default, base.label))
  const collation = spec.collation === undefined ? base.collation : collationName(spec.collation)
  const attrs: DomainAttrs = { type: base.type, notNull: spec.notNull ?? base.notNull, default: given?.text ?? null, collation }
  const ref = addType('domain', namespace, name, attrs, [...base.refs, ...(given?.refs ?? [])], spec, site)
  const checks = spec.checks instanceof SqlText ? { [objectName(name, null, 'check')]: spec.checks } : (spec.checks ?? {})
  for (const [checkName, c] of Object.entries(checks)) {
    const { check, valid = true, comment } = c instanceof SqlText ? ({ check: c } as DomainCheck) : c
    const path = [...ref.path, checkedName(checkName, `check of domain ${name}`)]
    const checkRef = refOf('domain_check', path)
    const expression: DomainCheckAttrs = { expression: check.text, valid }
    add({ id: checkRef.id, kind: 'domain_check', path, parent: ref.id, attrs: expression, refs: [ref.id, ...check.refs] }, site)
    addComment(checkRef, comment, site)
  }
  const more = { label: base.label, dimensions: base.dimensions, ...(base.values ? { values: base.values } : {}) }
  return typeWord(ref, () => columnOf<T, S>(ref.text, base.value, [ref.id], more), {})
}

/** By name; as pairs where names look like numbers, which JavaScript would sort. */
type Attributes = { readonly [name: string]: Column<any, any, any, any> } | readonly (readonly [string, Column<any, any, any, any>])[]
type ValuesOf<A extends Attributes> = A extends readonly unknown[] ? unknown : { [K in keyof A]: (A[K] extends Column<infer T, any, any, any> ? T : never) | null }

/** Declares a composite type from its attributes, which are columns of which only type and collation count. */
export function compositeType<const N extends string, const A extends Attributes>(
  namespace: NamespaceLike,
  name: N,
  attributes: A,
  traits: TypeTraits & { readonly comments?: { readonly [attribute: string]: string } } = {},
): TypeWord<ValuesOf<A>, N> {
  const site = callSite()
  const list = Array.isArray(attributes) ? (attributes as [string, Column<any, any, any, any>][]) : Object.entries(attributes as { [name: string]: Column<any, any, any, any> })
  const attrs: CompositeAttrs = { attributes: list.map(([n, c]) => ({ name: n, type: c.state.type, collation: c.state.collation })) }
  const ref = addType(
    'composite_type',
    namespace,
    name,
    attrs,
    list.flatMap(([, c]) => c.state.refs),
    traits,
    site,
  )
  for (const [n, text] of Object.entries(traits.comments ?? {})) addComment(refOf('column', [...ref.path, n]), text, site, ref.id)
  return typeWord(ref, () => columnOf<ValuesOf<A>, N>(ref.text, 'json', [ref.id]), {})
}

export interface RangeSpec extends TypeTraits {
  readonly subtype: Column<any, any, any, any>
  /** An operator class other than the subtype's default, qualified. */
  readonly opclass?: string
  readonly collation?: string
  readonly canonical?: Named | string
  readonly difference?: Named | string
  /** The name of its multirange; PostgreSQL's own when left out. */
  readonly multirange?: string
}

const routine = (like: Named | string | undefined): string | null => (like === undefined ? null : typeof like === 'string' ? like : like.ref.text)

/** Declares a range type, and with it its multirange type. */
export function rangeType<const N extends string>(namespace: NamespaceLike, name: N, spec: RangeSpec): TypeWord<string, N> {
  const { state } = spec.subtype
  const attrs: RangeAttrs = {
    subtype: state.type, opclass: spec.opclass ?? null, collation: spec.collation === undefined ? state.collation : collationName(spec.collation),
    canonical: routine(spec.canonical), difference: routine(spec.difference), multirange: spec.multirange ?? multirangeName(name),
  } // prettier-ignore
  const needs = [spec.canonical, spec.difference].flatMap((f) => (typeof f === 'object' || typeof f === 'function' ? [f.ref.id] : []))
  const ref = addType('range_type', namespace, name, attrs, [...state.refs, ...needs], spec, callSite())
  return typeWord(ref, () => columnOf<string, N>(ref.text, 'string', [ref.id]), {})
}

/** makeMultirangeTypeName: "range" becomes "multirange", anything else gets the suffix. */
function multirangeName(name: string): string {
  return name.includes('range') ? name.replace('range', 'multirange') : `${name.slice(0, 52)}_multirange`
}
