import type { Connection } from '../db/index.ts'
import type { Operation } from '../words/access-registry.ts'
import { literal } from '../sql/literal.ts'
import type { Relation } from './relation.ts'

/** The columns of a relation that a role may use, by operation. Which to try, that is: whether it works, trying says. */
export type Grants = { readonly [operation in 'select' | 'insert' | 'update']: readonly string[] } & { readonly any: boolean }

/** Asks PostgreSQL for the privileges of roles on relations. In: names as SQL has them. Out: by role and name of relation. */
export async function readGrants(
  connection: Connection,
  roles: readonly string[],
  relations: readonly Pick<Relation, 'name'>[],
): Promise<(role: string, relation: Pick<Relation, 'name'>) => Grants> {
  const list = (values: readonly string[]): string => `ARRAY[${values.map(literal).join(', ')}]::text[]`
  const columns = (operation: Operation): string =>
    `(SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a WHERE a.attrelid = t::regclass AND a.attnum > 0 AND NOT a.attisdropped
      AND has_column_privilege(r, t::regclass, a.attnum, '${operation}'))`
  const rows = await connection.script<{ r: string; t: string; grants: Grants }>(
    `SELECT r, t, json_build_object('select', ${columns('select')}, 'insert', ${columns('insert')}, 'update', ${columns('update')},
       'any', has_any_column_privilege(r, t::regclass, 'select, insert, update') OR has_table_privilege(r, t::regclass, 'delete, truncate')) AS grants
     FROM unnest(${list(roles)}) r, unnest(${list(relations.map((x) => x.name))}) t`,
  )
  const found = new Map(rows.map((x) => [`${x.r}\0${x.t}`, x.grants]))
  return (role, relation) => found.get(`${role}\0${relation.name}`)!
}
