import { ident, identList } from '../sql/identifier.ts'
import { accessRegistry } from './access-registry.ts'
import { fail } from './fail.ts'
import type { Named } from './ref.ts'
import type { Insert } from './rows.ts'
import { callSite } from './site.ts'
import { SqlText } from './sql.ts'
import { infoOf } from './table-info.ts'
import type { Table } from './table-types.ts'
import { valueText } from './value-text.ts'

/** Rows that belong together, a tenant's for example, under the name that reports use. */
export interface RowSet {
  readonly rowSet: string
}

/** Words of expectations, so no row set is called like one. */
const taken = new Set(['denied', 'nothing', 'refused', 'all'])

/** Names a set of rows. One inside another belongs to both: `rowSet('ann', shopA)` is `A/ann`. Throws UserError for a bad name. */
export function rowSet(name: string, inside?: RowSet): RowSet {
  if (typeof name !== 'string' || !/^[^\s/,][^/,]*$/.test(name) || taken.has(name))
    fail(`rowSet(${JSON.stringify(name)})`, 'no set of rows can be called so', `give it a name without slash and comma, and none of ${[...taken].join(', ')}`)
  return { rowSet: inside === undefined ? name : `${inside.rowSet}/${name}` }
}

type Loose<T> = { readonly [K in keyof T]: T[K] | SqlText }

/**
 * Rows that are there while access is tried, inserted by a superuser with triggers on. Those that triggers add belong to the same
 * set. Their order matters only where no foreign key tells it. Throws UserError for a column that is not there.
 */
export function rows<T extends Table<any, any>>(set: RowSet, table: T, list: readonly Loose<Insert<T>>[]): void {
  const site = callSite()
  const info = infoOf(table as Named) ?? fail('rows(…)', 'its second argument is not a declared table', 'give what table() returned')
  const subject = `rows of ${info.ref.text}`
  for (const row of list as readonly { readonly [column: string]: unknown }[]) {
    const given = Object.entries(row).filter(([, value]) => value !== undefined)
    for (const [column] of given) info.check(column, subject)
    const values = given.map(([column, value]) => valueText(value, info.columns.get(column)!.attrs.type, `${subject}: ${column}`))
    const what = given.length === 0 ? 'DEFAULT VALUES' : `(${identList(given.map(([c]) => c))}) OVERRIDING SYSTEM VALUE VALUES (${values.join(', ')})`
    const key = info.primaryKey ?? []
    const returning = key.length === 0 ? '' : ` RETURNING ${key.map((c) => `${ident(c)}::text`).join(', ')}`
    const into = key.length === 0 ? null : { table: info.ref.id, key }
    accessRegistry().seeds.push({ set: setName(set, subject), sql: `INSERT INTO ${info.ref.text} ${what}${returning}`, into, site })
  }
}

/** SQL that makes rows which `rows` cannot: a call of a function, an update that closes a circle. Runs as a superuser. */
export function seed(set: RowSet, statement: SqlText): void {
  if (!(statement instanceof SqlText)) fail('seed(…)', 'its second argument is not SQL', 'write it as sql`…`')
  accessRegistry().seeds.push({ set: setName(set, 'seed(…)'), sql: statement.text, into: null, site: callSite() })
}

/** The name of a row set. Throws UserError when it is none. */
export function setName(set: RowSet, subject: string): string {
  const name = (set as Partial<RowSet> | undefined)?.rowSet
  return name ?? fail(subject, 'a row set in it is not a row set', 'give what rowSet() returned')
}
