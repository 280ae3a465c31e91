import { bigint, integer, sql, text, uuid } from 'pgintent'
import { encryptedTables } from '../compliance/encrypted-tables.ts'
import { ciphertexts, keyIdOf } from '../lib/ciphertexts.ts'
import { definer } from '../lib/routines.ts'
import { transactionKeys } from '../money/transaction-ciphertext.ts'
import { transactions } from '../money/transactions.ts'
import { ops } from '../namespaces.ts'
import { momoCompliance, momoWorker } from '../roles.ts'

const used = encryptedTables.map(({ table }) => sql`
    SELECT ${keyIdOf} AS key_id, ${table.ref.text}::text AS table_name, v.c AS column_name, count(*) AS row_count
    FROM ${table} r CROSS JOIN LATERAL (VALUES ${ciphertexts(table)}) v(c, t) WHERE v.t IS NOT NULL GROUP BY 1, 3`) // prettier-ignore

export const rotateKeyReport = definer(ops, 'rotate_key_report', {
  returns: {
    table: { key_id: uuid(), merchant_id: uuid(), purpose: text(), generation: integer(), status: text(), table_name: text(), column_name: text(), row_count: bigint() },
  },
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
#variable_conflict use_column
BEGIN
  RETURN QUERY
    WITH used AS (${used.reduce(
      (a, b) => sql`${a}
    UNION ALL${b}`,
    )}
    UNION ALL SELECT t.key_id, ${transactions.ref.text}::text, t.column_name, t.row_count FROM ${transactionKeys()} t
    )
    SELECT u.key_id, k.merchant_id, k.purpose::text, k.generation, coalesce(k.status::text, 'unknown'), u.table_name, u.column_name, u.row_count
    FROM used u LEFT JOIN app.encryption_keys k ON k.id = u.key_id
    WHERE k.status IS DISTINCT FROM 'active' ORDER BY k.merchant_id, u.key_id, u.table_name, u.column_name;
END `,
  comment:
    'What is still encrypted with a key that is retiring: the rows to encrypt anew before it may be destroyed. Also what no key decrypts any more: destroyed and unknown ones. Reads every row with ciphertext.',
  grants: [{ to: [momoCompliance, momoWorker], privileges: ['execute'] }],
})
