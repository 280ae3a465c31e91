import type { Id } from '../model/object.ts'
import { literal } from '../sql/literal.ts'
import { fail } from './fail.ts'
import { isNamed, type Named } from './ref.ts'

/** SQL text and the objects it speaks of. Made by the sql`` tag; never parsed. */
export class SqlText {
  readonly text: string
  readonly refs: readonly Id[]
  /** The conditions it was put together from with and(). */
  readonly parts: readonly SqlText[] | null

  constructor(text: string, refs: readonly Id[] = [], parts: readonly SqlText[] | null = null) {
    this.text = text
    this.refs = refs
    this.parts = parts
  }
}

export type Interpolated = SqlText | Named | string | number | bigint | boolean | null | readonly Interpolated[]

/**
 * SQL with objects and values in it: an object is quoted and becomes a reference, SQL nests, a string becomes a quoted
 * literal, a list is joined by commas. Backslashes are SQL's own: the text is taken raw, except that \` and \${ give ` and ${.
 * Throws UserError for a value that is undefined, such as a misspelt column in JavaScript.
 */
export function sql(strings: TemplateStringsArray, ...values: readonly Interpolated[]): SqlText {
  const refs: Id[] = []
  let text = raw(strings, 0)
  values.forEach((value, i) => {
    text += interpolate(value, refs, strings) + raw(strings, i + 1)
  })
  return new SqlText(text, [...new Set(refs)])
}

/** SQL from a string, for text that is computed or that a template cannot hold. Nothing in it is quoted. */
export function sqlText(text: string): SqlText {
  return new SqlText(text)
}

const raw = (strings: TemplateStringsArray, i: number): string => strings.raw[i]!.replace(/\\([`$])/g, '$1')

function interpolate(value: Interpolated | undefined, refs: Id[], strings: TemplateStringsArray): string {
  if (value instanceof SqlText) {
    refs.push(...value.refs)
    return value.text
  }
  if (isNamed(value)) {
    refs.push(value.ref.id)
    return value.ref.text
  }
  if (Array.isArray(value)) return value.map((v: Interpolated) => interpolate(v, refs, strings)).join(', ')
  switch (typeof value) {
    case 'string': return literal(value)
    case 'number': case 'bigint': case 'boolean': return String(value)
    default:
      if (value === null) return 'NULL'
      return fail(`sql\`${strings.raw.join('…').slice(0, 60)}\``, `a value in it is ${value === undefined ? 'undefined' : typeof value}`, 'interpolate a declared object, SQL, a string, a number or a boolean')
  } // prettier-ignore
}

/** SQL, or a function that gets the columns and gives SQL. */
export type SqlOf<R> = SqlText | ((columns: R) => SqlText)

export function resolveSql<R>(given: SqlOf<R>, columns: R, subject: string): SqlText {
  const value = typeof given === 'function' ? given(columns) : given
  if (!(value instanceof SqlText)) fail(subject, 'is not SQL', 'write it as sql`…`')
  return value
}
