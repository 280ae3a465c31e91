import { grant, type RoleLike, type Table } from 'pgintent'
import { columnNames } from './names.ts'

/** What nobody reads through a plain grant: ciphertext and keys. Whoever must decrypt is granted those columns by name. */
export const secrets = /_enc$|^key_hash$|^wrapped_dek$/

/** What the back office does not need: the secrets, and what people could be recognised by. */
export const identifying = /_enc$|_bidx$|_hash$|^key_hash$|^wrapped_dek$|^auth_subject$|^public_key$|^metadata$|^reference$|^response_body$/

/** SELECT on all columns but the hidden ones. On the table itself when none is hidden. */
export function readable(table: Table<any, any>, to: readonly RoleLike[], hidden: RegExp = secrets): void {
  const names = columnNames(table)
  const columns = names.filter((n) => !hidden.test(n))
  grant(table, columns.length === names.length ? { to, privileges: ['select'] } : { to, privileges: ['select'], columns })
}
