import { DatabaseError } from '../db/index.ts'
import { ident } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import type { Operation } from '../words/access-registry.ts'
import { insertText, type FreshRow } from './fresh.ts'
import type { Grants } from './privileges.ts'
import type { Relation, Row } from './relation.ts'
import type { Trial } from './session.ts'
import { verdictOf } from './verdict.ts'

/** What became of one operation of one actor on one relation. */
export interface Observed {
  readonly denied: boolean
  /** The rows that were reached; of INSERT, the rows whose copies were let in. */
  readonly reached: ReadonlySet<Row>
  /** What triggers and constraints said against rows. */
  readonly refusals: readonly string[]
  /** What PostgreSQL said when it denied everything. */
  readonly said: string | null
}

interface Given {
  readonly trial: Trial
  readonly relation: Relation
  readonly grants: Grants
  readonly fresh: readonly FreshRow[]
}

const nothing: Observed = { denied: false, reached: new Set(), refusals: [], said: null }
const denied = (error: DatabaseError): Observed => ({ ...nothing, denied: true, said: error.message })
const refusal = (error: DatabaseError): string => `${error.code} ${error.message}`

/** Tries one operation on every row there is. Nothing of it stays. */
export function tryOperation(operation: Operation, given: Given): Promise<Observed> {
  switch (operation) {
    case 'select':
      return trySelect(given)
    case 'insert':
      return tryInsert(given)
    case 'truncate':
      return tryTruncate(given)
    default:
      return tryChange(operation, given)
  }
}

async function trySelect({ trial, relation, grants }: Given): Promise<Observed> {
  const columns = relation.columns.map((c) => c.name).filter((c) => grants.select.includes(c))
  // Without a column of its own a query asks for any privilege to read at all.
  if (columns.length === 0) {
    const found = await trial.attempt(`SELECT FROM ${relation.name}`)
    return found instanceof DatabaseError ? failed(found, relation) : { ...nothing, reached: new Set(relation.rows.slice(0, found.length)) }
  }
  const by = keyed(relation, columns) ? relation.key : columns
  const found = await trial.attempt<{ row: string[] }>(`SELECT ARRAY[${by.map((c) => `${ident(c)}::text`).join(', ')}]::text[] AS row FROM ${relation.name}`)
  if (found instanceof DatabaseError) return failed(found, relation)
  const left = new Map<string, Row[]>()
  for (const row of relation.rows) push(left, JSON.stringify(by.map((c) => valueOf(relation, row, c))), row)
  const reached = new Set(found.flatMap((f) => left.get(JSON.stringify(f.row))?.splice(0, 1) ?? []))
  // A row that looks different to the actor is still a row that was seen.
  for (const row of relation.rows) if (reached.size < found.length) reached.add(row)
  return { ...nothing, reached }
}

async function tryInsert({ trial, relation, grants, fresh }: Given): Promise<Observed> {
  const reached = new Set<Row>()
  const refusals: string[] = []
  const columns = grants.insert.length === 0 ? undefined : grants.insert
  const count = `SELECT count(*)::int AS n FROM ${relation.name}`
  for (const row of fresh) {
    const found = await trial.seen<{ n: number }>(insertText(relation, row, columns), count)
    const verdict = found instanceof DatabaseError ? verdictOf(found, relation) : null
    if (verdict === 'denied') return denied(found as DatabaseError)
    if (verdict === 'refused') refusals.push(refusal(found as DatabaseError))
    const inside = verdict === null && (found as { n: number }[])[0]!.n > relation.rows.length
    if (inside || verdict === 'through') for (const r of relation.rows) if (r.set === row.set) reached.add(r)
  }
  if (fresh.length > 0) return { ...nothing, reached, refusals }
  const found = await trial.attempt(`INSERT INTO ${relation.name} DEFAULT VALUES`)
  return found instanceof DatabaseError && verdictOf(found, relation) === 'denied' ? denied(found) : nothing
}

async function tryTruncate({ trial, relation }: Given): Promise<Observed> {
  let found = await trial.attempt(`TRUNCATE ${relation.name}`)
  // It may be truncated, but not without the tables that refer to it.
  if (found instanceof DatabaseError && found.code === '0A000') {
    found = await trial.attempt(`TRUNCATE ${relation.name} CASCADE`)
    if (found instanceof DatabaseError) return { ...nothing, refusals: [refusal(found)] }
  }
  return found instanceof DatabaseError ? failed(found, relation) : { ...nothing, reached: new Set(relation.rows) }
}

/** UPDATE sets one column to what it is; DELETE deletes. Row by row as far as the actor can name rows, and all at once. */
async function tryChange(operation: 'update' | 'delete', { trial, relation, grants }: Given): Promise<Observed> {
  if (operation === 'update' && relation.columns.length === 0) return { ...nothing, denied: true, said: 'there is no column' }
  const updatable = relation.columns.filter((c) => c.writable && grants.update.includes(c.name)).map((c) => c.name)
  const probe = operation === 'delete' ? `DELETE FROM ${relation.name} WHERE false` : `UPDATE ${relation.name} SET ${ident(updatable[0] ?? relation.columns[0]!.name)} = DEFAULT WHERE false` // prettier-ignore
  const first = await trial.attempt(probe)
  if (first instanceof DatabaseError) return failed(first, relation)
  const reached = new Set<Row>()
  const refusals: string[] = []
  const ways = (row: Row): string[] =>
    operation === 'delete' ? [`DELETE FROM ${relation.name}`] : updatable.map((c) => `UPDATE ${relation.name} SET ${ident(c)} = ${text(valueOf(relation, row, c))}`)
  const look = `SELECT tableoid::text || ctid::text AS place FROM ${relation.name}`
  const attempt = async (sql: string, rows: readonly Row[]): Promise<string | null> => {
    const found = await trial.seen<{ place: string }>(sql, look)
    if (!(found instanceof DatabaseError)) {
      const places = new Set(found.map((f) => f.place))
      for (const row of rows) if (!places.has(row.place)) reached.add(row)
      return null
    }
    const verdict = verdictOf(found, relation)
    if (verdict === 'through' && rows.length === 1) reached.add(rows[0]!)
    return verdict === 'refused' || verdict === 'denied' ? refusal(found) : null
  }
  if (keyed(relation, grants.select)) {
    for (const row of relation.rows) {
      const where = relation.key.map((k) => `${ident(k)} = ${text(valueOf(relation, row, k))}`).join(' AND ')
      let said: string | null = null
      // Another column may do when one sets off a trigger; row security is the same for all.
      for (const way of ways(row)) if ((said = await attempt(`${way} WHERE ${where}`, [row])) === null) break
      if (said !== null) refusals.push(said)
    }
  }
  // Without a condition nothing is read, so that policies for SELECT do not hide a row.
  const row = relation.rows[0]
  if (row !== undefined && reached.size < relation.rows.length) {
    const inAll = ways(row).sort((a, b) => Number(setsUnique(a)) - Number(setsUnique(b)))[0]
    const said = inAll === undefined ? null : await attempt(inAll, relation.rows)
    if (said !== null && !keyed(relation, grants.select)) refusals.push(said)
  }
  return { ...nothing, reached, refusals }

  function setsUnique(sql: string): boolean {
    return [...relation.unique].some((c) => sql.includes(` SET ${ident(c)} = `))
  }
}

function failed(error: DatabaseError, relation: Relation): Observed {
  return verdictOf(error, relation) === 'denied' ? denied(error) : { ...nothing, refusals: [refusal(error)] }
}

const keyed = (relation: Relation, columns: readonly string[]): boolean => relation.key.length > 0 && relation.key.every((k) => columns.includes(k))
const valueOf = (relation: Relation, row: Row, column: string): string | null => row.values[relation.columns.findIndex((c) => c.name === column)] ?? null
const text = (value: string | null): string => (value === null ? 'NULL' : literal(value))

function push(map: Map<string, Row[]>, key: string, row: Row): void {
  const list = map.get(key)
  if (list) list.push(row)
  else map.set(key, [row])
}
