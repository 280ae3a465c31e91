import type { Row } from './copy.ts'
import type { Operation } from './operation.ts'

/**
 * What the user sees of a table: the copy, with what they have done and the server has not confirmed. Each change counts the
 * version up by one, as the server will when nobody else changes the row.
 */
export function view(rows: { readonly [id: string]: Row }, table: string, operations: readonly Operation[]): { readonly [id: string]: Row } {
  const seen: { [id: string]: Row } = { ...rows }
  for (const operation of operations) {
    if (operation.kind === 'transaction' || operation.table !== table) continue
    const row = seen[operation.id]
    if (operation.kind === 'create') seen[operation.id] = { ...operation.patch, id: operation.id, row_version: 1 }
    else if (operation.kind === 'delete') delete seen[operation.id]
    else if (row !== undefined) seen[operation.id] = { ...row, ...operation.patch, row_version: row.row_version + 1 }
  }
  return seen
}
