import type { Connection } from '../db/index.ts'
import type { PlannedStep } from '../plan/plan.ts'

/** What one step did to relations that were there before it. Measured, not derived. */
export interface Observation {
  /** Strongest lock taken on each relation, strongest first. */
  readonly locks: readonly { readonly relation: string; readonly mode: string }[]
  /** Relations whose file was written anew. */
  readonly rewrites: readonly string[]
  /** Relations read from end to end. */
  readonly scans: readonly string[]
}

/** https://www.postgresql.org/docs/current/explicit-locking.html, weakest first. */
const strength = ['AccessShareLock', 'RowShareLock', 'RowExclusiveLock', 'ShareUpdateExclusiveLock', 'ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock']

/** `AccessExclusiveLock` as the manual writes it: `ACCESS EXCLUSIVE`. */
export const lockName = (mode: string): string =>
  mode
    .replace(/Lock$/, '')
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toUpperCase()

type Relations = ReadonlyMap<number, { readonly name: string; readonly file: number; readonly table: boolean }>

const relationsQuery = `select coalesce(json_agg(json_build_array(c.oid::int8, n.nspname || '.' || c.relname, c.relfilenode::int8, c.relkind in ('r', 'p', 'm', 'v'))), '[]'::json) as found
  from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and c.relkind in ('r', 'p', 'm', 'v')`

const observeQuery = `select (${relationsQuery.replace(' as found', '')}) as relations,
  (select coalesce(json_agg(json_build_array(l.relation::int8, l.mode)), '[]'::json) from pg_catalog.pg_locks l where l.pid = pg_catalog.pg_backend_pid() and l.relation is not null and l.granted) as locks,
  (select coalesce(json_agg(s.relid::int8), '[]'::json) from pg_catalog.pg_stat_xact_user_tables s where s.seq_scan > 0) as scans`

type RelationRow = readonly [number, string, number, boolean]

function toRelations(rows: readonly RelationRow[]): Relations {
  return new Map(rows.map(([oid, name, file, table]) => [oid, { name, file, table }]))
}

export async function relationsNow(connection: Connection): Promise<Relations> {
  const rows = await connection.script<{ found: RelationRow[] }>(relationsQuery)
  return toRelations(rows[0]!.found)
}

/**
 * Hands the session's counters of scans over to the statistics, so that what the next transaction counts is its own
 * (pg_stat_xact_* also shows what earlier ones have not handed over yet).
 */
export async function settle(connection: Connection, first = ''): Promise<void> {
  await connection.script(`${first}SELECT pg_catalog.pg_stat_force_next_flush()`)
}

/** Runs a step in a transaction of its own and looks at it before it commits. Returns also what is there afterwards. */
export async function observed(connection: Connection, step: PlannedStep, before: Relations): Promise<{ observation: Observation; after: Relations }> {
  const rows = await connection.script<{ relations: RelationRow[]; locks: [number, string][]; scans: number[] }>(`BEGIN; ${step.sql.join(';\n')};\n${observeQuery}`)
  await settle(connection, 'COMMIT; ')
  const { relations, locks, scans } = rows[0]!
  const after = toRelations(relations)
  const strongest = new Map<string, number>()
  for (const [oid, mode] of locks) {
    const r = before.get(oid)
    if (r?.table !== true) continue
    strongest.set(r.name, Math.max(strongest.get(r.name) ?? 0, strength.indexOf(mode)))
  }
  const observation: Observation = {
    locks: [...strongest].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).map(([relation, n]) => ({ relation, mode: lockName(strength[n]!) })),
    rewrites: [...before].flatMap(([oid, r]) => (after.has(oid) && after.get(oid)!.file !== r.file ? [r.name] : [])).sort(),
    scans: scans.flatMap((oid) => (before.has(oid) ? [before.get(oid)!.name] : [])).sort(),
  }
  return { observation, after }
}
