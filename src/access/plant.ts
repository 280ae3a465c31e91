import { DatabaseError, type Connection } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import type { Id } from '../model/object.ts'
import type { AccessDeclaration } from '../declare/index.ts'
import { positionText } from '../shadow/build.ts'

type Seed = AccessDeclaration['seeds'][number]

/** Which set a row belongs to, by what made it. */
export interface Planted {
  /** In: the row's table, its key as text, and the transaction that wrote it. Null for a row that no seed made. */
  setOf(table: Id, key: readonly (string | null)[] | null, xmin: number): string | null
}

/**
 * Makes the declared rows, each in a transaction of its own, with triggers on. What waits for a row that comes later is tried
 * again. A row belongs to the set of the statement that inserted it; one that a trigger made, to that of the transaction that
 * did. Throws UserError at the row's line when PostgreSQL refuses it.
 */
export async function plant(connection: Connection, seeds: readonly Seed[]): Promise<Planted> {
  const byKey = new Map<string, string>()
  const transactions: { readonly xid: number; readonly set: string }[] = []
  for (let waiting = [...seeds]; waiting.length > 0;) {
    const failed: { readonly seed: Seed; readonly error: DatabaseError }[] = []
    for (const seed of waiting) {
      try {
        const xid = await one(connection, seed, byKey)
        if (xid !== null) transactions.push({ xid, set: seed.set })
      } catch (error) {
        if (!(error instanceof DatabaseError)) throw error
        await connection.script('ROLLBACK')
        if (error.code !== '23503') throw refused(seed, error)
        failed.push({ seed, error })
      }
    }
    if (failed.length === waiting.length) throw refused(failed[0]!.seed, failed[0]!.error)
    waiting = failed.map((f) => f.seed)
  }
  return {
    setOf(table, key, xmin) {
      const known = key === null ? undefined : byKey.get(name(table, key))
      // A subtransaction has a later number than the transaction it is in, and an earlier one than the next.
      return known ?? transactions.findLast((t) => t.xid <= xmin)?.set ?? null
    },
  }
}

async function one(connection: Connection, seed: Seed, byKey: Map<string, string>): Promise<number | null> {
  const [row] = await connection.script<Record<string, string>>(`BEGIN; ${seed.sql}`)
  const [{ xid } = { xid: null }] = await connection.script<{ xid: number | null }>('SELECT pg_catalog.pg_current_xact_id_if_assigned()::text::bigint AS xid')
  await connection.script('COMMIT')
  if (seed.into !== null && row !== undefined) byKey.set(name(seed.into.table, seed.into.key.map((c) => row[c] ?? null)), seed.set) // prettier-ignore
  return xid
}

const name = (table: Id, key: readonly (string | null)[]): string => `${table} ${JSON.stringify(key)}`

function refused(seed: Seed, error: DatabaseError): UserError {
  const where = seed.at === undefined ? 'rows' : positionText(seed.at)
  const detail = error.detail === undefined ? '' : ` (${error.detail.replace(/\.$/, '')})`
  return new UserError({ where, what: `PostgreSQL refuses a row of ${seed.set}: ${error.message}${detail}`, todo: 'correct the row' }, { cause: error })
}
