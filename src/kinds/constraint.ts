import type { DbObject } from '../model/object.ts'
import { ident, qualified } from '../sql/identifier.ts'
import { relationSlot } from './relation.ts'
import type { Statement } from './contract.ts'

/** What every table constraint shares. Path: namespace, table, constraint. */
export const onTable = (o: DbObject<any>): string => qualified(o.path.slice(0, 2))

/** A partition's PRIMARY KEY, UNIQUE and FOREIGN KEY from its parent are the parent's; only local ones are listed. */
export const localConstraint = `c.conparentid = 0 and not exists (select from ext x where x.classid = 2606 and x.objid = c.oid)`

export function addConstraint(o: DbObject<any>, clause: string): Statement[] {
  return [`ALTER TABLE ${onTable(o)} ADD ${clause}`]
}

export function dropConstraint(o: DbObject<any>): Statement[] {
  return [`ALTER TABLE ${onTable(o)} DROP CONSTRAINT ${ident(o.path[2]!)}`]
}

export function renameConstraint(from: DbObject<any>, to: DbObject<any>): Statement[] {
  return [`ALTER TABLE ${onTable(to)} RENAME CONSTRAINT ${ident(from.path[2]!)} TO ${ident(to.path[2]!)}`]
}

export function deferral(a: { deferrable: boolean; deferred: boolean }): string {
  return a.deferrable ? ` DEFERRABLE${a.deferred ? ' INITIALLY DEFERRED' : ''}` : ''
}

/** SQL for the names of columns `attnums` of relation `rel`, in order, as a JSON array. */
export function columnNames(rel: string, attnums: string): string {
  return `coalesce((select json_agg(a.attname order by u.n) from unnest(${attnums}) with ordinality u(attnum, n) join pg_attribute a on a.attrelid = ${rel} and a.attnum = u.attnum), '[]')`
}

/** What must follow the creation of an index that the table's own attributes name. */
export function indexUses(table: DbObject<any> | undefined, name: string): Statement[] {
  if (table === undefined) return []
  const a = table.attrs as { replicaIdentity?: unknown; clusterOn?: string | null }
  const out: Statement[] = []
  const identity = a.replicaIdentity as { index?: string } | string | undefined
  if (typeof identity === 'object' && identity?.index === name) out.push(`ALTER TABLE ${qualified(table.path)} REPLICA IDENTITY USING INDEX ${ident(name)}`)
  if (a.clusterOn === name) out.push(`ALTER TABLE ${qualified(table.path)} CLUSTER ON ${ident(name)}`)
  return out
}

/** SQL for the names of the partitions' indexes that belong to a partitioned index: they come, go and take up names with it. */
export function partNames(index: string): string {
  return `(with recursive part as (select h.inhrelid from pg_inherits h where h.inhparent = ${index}
      union all select h.inhrelid from part join pg_inherits h on h.inhparent = part.inhrelid)
    select coalesce(json_agg(json_build_array(pn.nspname, p.relname)), '[]') from part join pg_class p on p.oid = part.inhrelid join pg_namespace pn on pn.oid = p.relnamespace)`
}

export function partSlots(o: DbObject<any>): string[] {
  return ((o.facts?.['parts'] ?? []) as string[][]).map(relationSlot)
}
