import type { Connection } from '../db/index.ts'
import type { Id, Position } from '../model/object.ts'
import { ident, qualified } from '../sql/identifier.ts'
import { literal } from '../sql/literal.ts'
import type { Planted } from './plant.ts'

export interface Row {
  /** Where it lies: another place after an UPDATE, none after a DELETE. */
  readonly place: string
  readonly set: string
  /** Every column as text, in the order of `columns`. */
  readonly values: readonly (string | null)[]
}

/** A table or partition that is tried, with its rows. */
export interface Relation {
  readonly id: Id
  /** As SQL names it. */
  readonly name: string
  readonly at: Position | undefined
  readonly owner: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly writable: boolean; readonly filled: boolean }[]
  /** Columns of the primary key; empty when there is none. */
  readonly key: readonly string[]
  /** Columns of any unique constraint or index. */
  readonly unique: ReadonlySet<string>
  /** Columns of foreign keys. */
  readonly referring: ReadonlySet<string>
  /** Constraints that are looked at after row security: an error that names one was let through by it. */
  readonly late: ReadonlySet<string>
  /** The partitions that hold rows themselves. */
  readonly partitions: readonly (readonly [namespace: string, name: string])[]
  readonly rows: readonly Row[]
}

interface Catalog {
  readonly owner: string
  readonly columns: Relation['columns']
  readonly key: readonly string[]
  readonly unique: readonly string[]
  readonly referring: readonly string[]
  readonly late: readonly string[]
  readonly partitions: Relation['partitions']
}

/** Reads what a table is made of and the rows it holds. `path` is its namespace and name; it must be there. */
export async function readRelation(
  connection: Connection,
  { id, path, at }: { readonly id: Id; readonly path: readonly string[]; readonly at?: Position | undefined },
  planted: Planted,
): Promise<Relation> {
  const name = qualified(path)
  const [{ found }] = (await connection.script<{ found: Catalog }>(catalogQuery(literal(name)))) as [{ found: Catalog }]
  const values = found.columns.map((c) => `t.${ident(c.name)}::text`).join(', ')
  const list = await connection.script<{ place: string; xmin: number; values: (string | null)[] }>(
    `SELECT t.tableoid::text || t.ctid::text AS place, t.xmin::text::bigint AS xmin, ARRAY[${values}]::text[] AS values FROM ${name} t ORDER BY 1`,
  )
  const rows = list.map((r) => {
    const key = found.key.length === 0 ? null : found.key.map((k) => r.values[found.columns.findIndex((c) => c.name === k)] ?? null)
    return { place: r.place, values: r.values, set: planted.setOf(id, key, r.xmin) ?? 'declared' }
  })
  const { owner, columns, key, partitions } = found
  return { id, name, at, owner, columns, key, partitions, rows, unique: new Set(found.unique), referring: new Set(found.referring), late: new Set(found.late) }
}

const catalogQuery = (name: string): string => `
SELECT json_build_object(
  'owner', pg_get_userbyid(c.relowner),
  'columns', (SELECT coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'filled', a.atthasdef OR a.attidentity <> '',
      'writable', a.attgenerated = '' AND a.attidentity <> 'a') ORDER BY a.attnum), '[]')
    FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
  'key', (SELECT coalesce(json_agg(a.attname ORDER BY k.n), '[]') FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(attnum, n), pg_attribute a
    WHERE i.indrelid = c.oid AND i.indisprimary AND k.n <= i.indnkeyatts AND a.attrelid = c.oid AND a.attnum = k.attnum),
  'unique', (SELECT coalesce(json_agg(DISTINCT a.attname), '[]') FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(attnum, n), pg_attribute a
    WHERE i.indrelid = c.oid AND i.indisunique AND k.n <= i.indnkeyatts AND a.attrelid = c.oid AND a.attnum = k.attnum),
  'referring', (SELECT coalesce(json_agg(DISTINCT a.attname), '[]') FROM pg_constraint f, unnest(f.conkey) k, pg_attribute a
    WHERE f.conrelid = c.oid AND f.contype = 'f' AND a.attrelid = c.oid AND a.attnum = k),
  'late', (SELECT coalesce(json_agg(DISTINCT o.conname), '[]') FROM (
    SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'x', 'f') AND (conrelid IN (SELECT relid FROM pg_partition_tree(c.oid) UNION SELECT c.oid)
      OR confrelid IN (SELECT relid FROM pg_partition_tree(c.oid) UNION SELECT c.oid))
    UNION SELECT x.relname FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid
      WHERE i.indisunique AND i.indrelid IN (SELECT relid FROM pg_partition_tree(c.oid) UNION SELECT c.oid)) o),
  'partitions', (SELECT coalesce(json_agg(json_build_array(n.nspname, p.relname) ORDER BY n.nspname, p.relname), '[]')
    FROM pg_partition_tree(c.oid) t JOIN pg_class p ON p.oid = t.relid JOIN pg_namespace n ON n.oid = p.relnamespace WHERE t.level > 0 AND t.isleaf)
) AS found FROM pg_class c WHERE c.oid = ${name}::regclass`
