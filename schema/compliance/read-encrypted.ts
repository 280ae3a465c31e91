import { bytea, sql, text, uuid } from 'pgintent'
import { currentMerchantId } from '../context.ts'
import { ciphertexts } from '../lib/ciphertexts.ts'
import { definer } from '../lib/routines.ts'
import { transactionCiphertext } from '../money/transaction-ciphertext.ts'
import { transactions } from '../money/transactions.ts'
import { api } from '../namespaces.ts'
import { momoApp } from '../roles.ts'
import { encryptedTables } from './encrypted-tables.ts'
import { logAct } from './log-act.ts'

const readable = encryptedTables.flatMap(({ table, readers }) => (readers === null ? [] : [{ table, readers }]))

const branch = ({ table, readers }: (typeof readable)[number]) => sql`
    WHEN ${table.ref.text} THEN
      SELECT array_agg(r.id) INTO found_ids FROM ${table} r WHERE r.id = ANY (ids) AND ${readers};
      RETURN QUERY SELECT r.id, v.c, v.t FROM ${table} r CROSS JOIN LATERAL (VALUES ${ciphertexts(table)}) v(c, t) WHERE r.id = ANY (found_ids) AND v.t IS NOT NULL;`

const names = [transactions, ...readable.map((r) => r.table)].map((t) => t.ref.text).join(', ')

export const readEncrypted = definer(api, 'read_encrypted', {
  args: { table_name: text(), ids: uuid().array() },
  returns: { table: { row_id: uuid(), column_name: text(), ciphertext: bytea() } },
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  merchant uuid := ${currentMerchantId()};
  named text := 'app.' || regexp_replace(table_name, '^app\.', '');
  found_ids uuid[];
BEGIN
  IF merchant IS NULL THEN
    RAISE EXCEPTION 'no request has begun' USING ERRCODE = '42501', HINT = 'Call api.begin_request() first in every transaction.';
  ELSIF coalesce(cardinality(ids), 0) NOT BETWEEN 1 AND 500 THEN
    RAISE EXCEPTION '% rows were asked for', coalesce(cardinality(ids), 0) USING ERRCODE = 'MM422', HINT = 'Ask for 1 to 500 at a time.';
  END IF;
  CASE named
    WHEN ${transactions.ref.text} THEN
      SELECT array_agg(DISTINCT t.row_id) INTO found_ids FROM ${transactionCiphertext(sql`ids`)} t;
      RETURN QUERY SELECT t.row_id, t.column_name, t.ciphertext FROM ${transactionCiphertext(sql`ids`)} t;${readable.map(branch).reduce((a, b) => sql`${a}${b}`)}
    ELSE
      RAISE EXCEPTION 'there is nothing to decrypt in "%"', table_name USING ERRCODE = 'MM422', HINT = ${`Ask for one of ${names}.`};
  END CASE;
  PERFORM ${logAct(sql`'READ_EXPORT'`, sql`named`, sql`found_ids`)};
END `,
  comment:
    'The encrypted columns of rows of the merchant of this request, to be decrypted with keys of api.data_keys(). Rows that the user may not see are left out without a word. Every row read is in the audit log as READ_EXPORT.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
