import type { Connection } from '../db/index.ts'
import type { Model } from '../model/model.ts'
import { introspectionQuery } from './query.ts'
import { readModel, type Found } from './read.ts'
import type { Scope } from './scope.ts'

export { readModel, type Found } from './read.ts'
export { everything, type Scope } from './scope.ts'

/** How a server prints constants and names in expressions hangs on these settings, and a database may have its own. */
const printing: readonly string[] = [
  "search_path = ''", "timezone = 'UTC'", "datestyle = 'ISO, MDY'", "intervalstyle = 'postgres'", 'extra_float_digits = 1', "bytea_output = 'hex'",
  'quote_all_identifiers = off', 'jit = off',
] // prettier-ignore

/** Opens the one read-only snapshot in which a target is read; see https://www.postgresql.org/docs/current/transaction-iso.html */
const begin = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${printing.map((s) => `SET LOCAL ${s}; `).join('')}`

/** Reads a database into a model, in two round trips, without writing to it. Throws DatabaseError when a catalog cannot be read. */
export async function introspect(connection: Connection, scope: Scope): Promise<Model> {
  return readModel(await fetchCatalogs(connection, scope), connection.versionNum, scope)
}

/** The first half of it: what the catalogs say, which needs only the scope's namespaces. */
export async function fetchCatalogs(connection: Connection, scope: Pick<Scope, 'namespaces'>): Promise<Found> {
  try {
    const rows = await connection.script<{ found: Found }>(begin + introspectionQuery(connection.versionNum, scope))
    return rows[0]!.found
  } finally {
    await connection.script('COMMIT')
  }
}

/** The same inside a transaction that is already open; it leaves search_path and what else it sets as it needs them. */
export async function introspectHere(connection: Connection, scope: Scope): Promise<Model> {
  const rows = await connection.script<{ found: Found }>(`${printing.map((s) => `SET ${s}; `).join('')}${introspectionQuery(connection.versionNum, scope)}`)
  return readModel(rows[0]!.found, connection.versionNum, scope)
}
