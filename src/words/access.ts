import { accessRegistry, operations, type Operation, type Reach } from './access-registry.ts'
import { actorName, type Actor } from './actor.ts'
import { fail } from './fail.ts'
import type { Named } from './ref.ts'
import type { Insert } from './rows.ts'
import { callSite } from './site.ts'
import type { SqlText } from './sql.ts'
import { infoOf } from './table-info.ts'
import type { Table } from './table-types.ts'
import { valueText } from './value-text.ts'

/**
 * What an operation reaches. `denied`: there is no privilege. `nothing`: there is one, and row security lets no row through.
 * `refused`: a trigger or constraint stands against every row. `all`, or the rows of sets, by name or by a word of the actor.
 */
export type Expected = 'denied' | 'nothing' | 'refused' | 'all' | (string & {}) | readonly string[]

/** What actors are expected to do; an operation that is left out is expected to be denied. */
export type Access = { readonly [operation in Operation]?: Expected }

export interface AccessOptions<T> {
  /** Values of the rows that INSERT is tried with, for columns that a copied row cannot keep. */
  readonly fresh?: { readonly [K in keyof Insert<T>]?: Insert<T>[K] | SqlText }
}

export type AccessCells = readonly (readonly [who: Actor | string | readonly (Actor | string)[], access: Access])[]

const lonely = new Set(['denied', 'nothing', 'refused', 'all'])

/**
 * Declares who may do what with a table. In: pairs of actors and what they may; a later pair counts more, and whoever is not
 * mentioned is expected to be denied everything. Throws UserError for an unknown actor, operation or row set.
 */
export function access<T extends Table<any, any>>(table: T, cells: AccessCells, options: AccessOptions<T> = {}): void {
  const site = callSite()
  const info = infoOf(table as Named) ?? fail('access(…)', 'its first argument is not a declared table', 'give what table() returned')
  const subject = `access of ${info.ref.text}`
  const checked = cells.map(([who, given]) => ({
    actors: [who].flat().map((a) => actorName(a as Actor, subject)),
    expected: Object.fromEntries(Object.entries(given).map(([operation, reach]) => [operation, checkedReach(operation, reach, subject)])),
  }))
  const fresh = Object.entries(options.fresh ?? {}).map(([column, value]) => {
    info.check(column, subject)
    return [column, valueText(value, info.columns.get(column)!.attrs.type, `${subject}: ${column}`)] as const
  })
  accessRegistry().expectations.push({ table: info.ref.id, name: info.ref.text, cells: checked, fresh: Object.fromEntries(fresh), site })
}

function checkedReach(operation: string, reach: Expected, subject: string): Reach {
  if (!operations.includes(operation as Operation)) fail(subject, `there is no operation ${operation}`, `use one of ${operations.join(', ')}`)
  const words = [reach].flat() as string[]
  if (words.length === 0 || words.some((w) => typeof w !== 'string'))
    fail(subject, `what ${operation} reaches is not said`, "say 'denied', 'nothing', 'refused', 'all' or row sets")
  if (words.length > 1 && words.some((w) => lonely.has(w))) fail(subject, `${operation} cannot be ${words.join(' and ')} at once`, 'name one of them, or row sets only')
  return words
}
