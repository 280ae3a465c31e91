import { sqlText, type SqlText, type Table } from 'pgintent'
import { columnNames } from './names.ts'

/** The encrypted columns of a table r, as rows `(c, t)` of a VALUES list: name and ciphertext. */
export const ciphertexts = (table: Table<any, any>): SqlText =>
  sqlText(
    columnNames(table)
      .filter((name) => name.endsWith('_enc'))
      .map((name) => `('${name}', r.${name}::bytea)`)
      .join(', '),
  )

/** The id of the key of the ciphertext v.t: in the clear in its header, bytes 2 to 17, after the version. */
export const keyIdOf = sqlText(`encode(substring(v.t FROM 2 FOR 16), 'hex')::uuid`)
