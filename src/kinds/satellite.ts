import type { Id } from '../model/object.ts'
import { idOf } from '../model/object.ts'
import type { CatalogRow, ReadContext } from './contract.ts'

/** The object a comment, owner or grant belongs to; null when that object is not managed. */
export function targetOf(row: CatalogRow, { idAt, pathOf }: ReadContext): { id: Id; path: readonly string[]; refs: Id[] } | null {
  const [catalog, oid, sub] = row.of!
  const id = idAt([catalog, oid, sub])
  if (id !== undefined) return { id, path: pathOf(id), refs: [id] }
  const whole = sub > 0 ? idAt([catalog, oid, 0]) : undefined
  if (whole === undefined) return null
  // A view's columns are not objects, but they can have comments and grants.
  const path = [...pathOf(whole), row.path![0]!]
  return { id: idOf('column', ...path), path, refs: [whole] }
}
