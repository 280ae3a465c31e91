import type { DatabaseError } from '../db/index.ts'
import type { Relation } from './relation.ts'

/** What an error says about access. */
export type Verdict =
  /** There is no privilege. */
  | 'denied'
  /** Row security stands against the row. */
  | 'policy'
  /** Privileges and row security let it through; only a constraint that is looked at afterwards did not. */
  | 'through'
  /** A trigger or something else stands against it. */
  | 'refused'

/** Reads PostgreSQL's error for a statement on a relation. Its messages must be in English. */
export function verdictOf(error: DatabaseError, relation: Relation): Verdict {
  if (error.code === '42501') {
    if (/row-level security policy/.test(error.message)) return 'policy'
    // With a context of its own it comes from inside a function: a trigger's, that is.
    if (error.where === undefined && /^(permission denied for|must be owner of) /.test(error.message)) return 'denied'
  }
  const constraint = error.constraint
  // Unique, exclusion and foreign key. A trigger may raise the same codes, but hardly under the name of a real constraint.
  if (/^23(505|P01|503)$/.test(error.code) && constraint !== undefined && relation.late.has(constraint)) return 'through'
  return 'refused'
}
