import { randomUUID } from 'node:crypto'
import { DatabaseError, type Connection } from '../db/index.ts'
import { ident } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import type { Relation, Row } from './relation.ts'

/** A row that is valid and not there yet: INSERT is tried with it. */
export interface FreshRow {
  readonly set: string
  readonly values: ReadonlyMap<string, string>
}

/**
 * One row to insert for each row set: a copy of a row of the set, new where it must be. A superuser has inserted it and undone
 * that; where none of the copies is taken (every column is part of a key of something else), the first is used as it is. `given`
 * are values that the author of the test wants, by column, as SQL.
 */
export async function freshRows(connection: Connection, relation: Relation, given: { readonly [column: string]: string }): Promise<FreshRow[]> {
  const out: FreshRow[] = []
  for (const set of new Set(relation.rows.map((r) => r.set))) {
    const copies: FreshRow[] = []
    for (const row of relation.rows.filter((r) => r.set === set)) copies.push({ set, values: await copyOf(connection, relation, row, given) })
    let good: FreshRow | undefined
    for (const copy of copies) {
      if (good === undefined && (await accepted(connection, insertText(relation, copy)))) good = copy
    }
    out.push(good ?? copies[0]!)
  }
  return out
}

/** The INSERT of a row, of all its columns or of some. */
export function insertText(relation: Relation, row: FreshRow, columns: readonly string[] = [...row.values.keys()]): string {
  const used = columns.filter((c) => row.values.has(c))
  if (used.length === 0) return `INSERT INTO ${relation.name} DEFAULT VALUES`
  return `INSERT INTO ${relation.name} (${used.map(ident).join(', ')}) VALUES (${used.map((c) => row.values.get(c)!).join(', ')})`
}

/** Values are settled by the superuser, defaults of keys included: an actor may well not be able to make a key and yet use one. */
async function copyOf(connection: Connection, relation: Relation, row: Row, given: { readonly [column: string]: string }): Promise<Map<string, string>> {
  const writable = relation.columns.map((c, i) => ({ ...c, old: row.values[i] ?? null })).filter((c) => c.writable)
  const made = writable.filter((c) => relation.key.includes(c.name) && c.filled && given[c.name] === undefined).map((c) => c.name)
  const free = writable.filter((c) => relation.unique.has(c.name) && !relation.referring.has(c.name) && !made.includes(c.name) && c.old !== null).map((c) => c.name)
  const copy = (changed: readonly string[]): Map<string, string> =>
    new Map(
      writable
        .filter((c) => !made.includes(c.name))
        .map((c) => [c.name, given[c.name] ?? (c.old === null ? 'NULL' : literal(changed.includes(c.name) ? other(c.old, c.type) : c.old))]),
    )
  // Not every column of a key takes another value: one may be enough.
  for (const changed of [free, ...free.map((c) => [c]), []]) {
    const values = copy(changed)
    if (await accepted(connection, insertText(relation, { set: row.set, values }))) return settled(connection, relation, row, values)
  }
  return new Map([...writable.map((c) => [c.name, c.old === null ? 'NULL' : literal(c.old)] as const), ...Object.entries(given)])
}

/** A copy with the keys that the server made for it. */
async function settled(connection: Connection, relation: Relation, row: Row, values: Map<string, string>): Promise<Map<string, string>> {
  const missing = relation.columns.filter((c) => c.writable && !values.has(c.name)).map((c) => c.name)
  if (missing.length === 0) return values
  const [made] = await undoing(connection, `${insertText(relation, { set: row.set, values })} RETURNING ${missing.map((c) => `${ident(c)}::text`).join(', ')}`)
  const out = new Map(values)
  for (const c of missing) if (made?.[c] != null) out.set(c, literal(made[c]))
  return out
}

async function accepted(connection: Connection, sql: string): Promise<boolean> {
  try {
    await undoing(connection, sql)
    return true
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code.startsWith('08')) throw error
    return false
  }
}

async function undoing(connection: Connection, sql: string): Promise<Record<string, string>[]> {
  await connection.script('BEGIN')
  try {
    return await connection.script<Record<string, string>>(sql)
  } finally {
    await connection.script('ROLLBACK')
  }
}

/** Another value of the same shape. */
function other(value: string, type: string): string {
  if (type === 'uuid') return randomUUID()
  if (/^(smallint|integer|bigint|numeric)/.test(type)) return String((Number(value) + 7919) % 32000)
  if (/^bytea$/.test(type)) return `\\x${Buffer.from(randomUUID().replaceAll('-', ''), 'hex').toString('hex')}`
  return `${value}${randomUUID().slice(0, 4)}`
}
