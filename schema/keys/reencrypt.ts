import { boolean, bytea, integer, sql, sqlText, text, uuid } from 'pgintent'
import { encryptedTables } from '../compliance/encrypted-tables.ts'
import { logAct } from '../compliance/log-act.ts'
import { ciphertexts, keyIdOf } from '../lib/ciphertexts.ts'
import { columnNames } from '../lib/names.ts'
import { definer } from '../lib/routines.ts'
import { reencryptTransaction, transactionsUnderKey } from '../money/reencrypt-transaction.ts'
import { transactions } from '../money/transactions.ts'
import { ops } from '../namespaces.ts'
import { merchants } from '../people/merchants.ts'
import { momoWorker } from '../roles.ts'

// Encrypting anew is for the worker, which has the key service: it is given what a retiring key encrypted, and writes it back under
// another. It is given nothing else of people.

const places = encryptedTables.map(({ table }) => {
  const names = columnNames(table)
  return {
    table,
    name: table.ref.text,
    columns: names.filter((n) => n.endsWith('_enc')),
    merchant: table === merchants ? 'r.id' : names.includes('merchant_id') ? 'r.merchant_id' : 'NULL::uuid',
    /** A clock of retention may run from updated_at, and this is no activity: app.touch() knows. */
    also: names.includes('updated_at') ? `, updated_at = ''-infinity''` : '',
  }
})

const listing = places.map(({ table, name, merchant }) => sql`
    WHEN ${name} THEN
      RETURN QUERY SELECT r.id, ${sqlText(merchant)}, v.c, v.t FROM ${table} r CROSS JOIN LATERAL (VALUES ${ciphertexts(table)}) v(c, t)
      WHERE v.t IS NOT NULL AND ${keyIdOf} = to_reencrypt.key_id LIMIT most;`) // prettier-ignore

const notHere = sql`
    ELSE
      RAISE EXCEPTION 'nothing is encrypted in "%"', table_name USING ERRCODE = 'MM422', HINT = 'ops.rotate_key_report() names the tables.';`

export const toReencrypt = definer(ops, 'to_reencrypt', {
  args: { key_id: uuid(), table_name: text(), most: integer().default(100) },
  returns: { table: { row_id: uuid(), merchant_id: uuid(), column_name: text(), ciphertext: bytea() } },
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
BEGIN
  IF NOT EXISTS (SELECT FROM app.encryption_keys k WHERE k.id = to_reencrypt.key_id AND k.status = 'retiring') THEN
    RAISE EXCEPTION 'key % is not retiring', to_reencrypt.key_id USING ERRCODE = 'MM422', HINT = 'Call ops.retire_key() first.';
  ELSIF most IS NULL OR most NOT BETWEEN 1 AND 500 THEN
    RAISE EXCEPTION '% values were asked for', most USING ERRCODE = 'MM422', HINT = 'Ask for 1 to 500 at a time.';
  END IF;
  PERFORM ${logAct(sql`'READ_EXPORT'`, sql`table_name`, sql`ARRAY[to_reencrypt.key_id]`, sql`NULL`, sql`jsonb_build_object('why', 'key rotation', 'most', most)`)};
  CASE table_name${listing.reduce((a, b) => sql`${a}${b}`)}
    WHEN ${transactions.ref.text} THEN
      RETURN QUERY SELECT t.row_id, t.merchant_id, t.column_name, t.ciphertext FROM ${transactionsUnderKey(sql`to_reencrypt.key_id`, sql`most`)} t;${notHere}
  END CASE;
END `,
  comment:
    'Some of the values of a table that a retiring key encrypted, with what they are bound to: to be encrypted anew and given to ops.reencrypt(), until there are none. The audit log says that the key was worked off.',
  grants: [{ to: momoWorker, privileges: ['execute'] }],
})

const declared = sqlText(places.flatMap((p) => p.columns.map((c) => `('${p.name}', '${c}', '${p.merchant}', '${p.also}')`)).join(', '))

export const reencrypt = definer(ops, 'reencrypt', {
  args: { table_name: text(), row_id: uuid(), column_name: text(), old_value: bytea(), new_value: bytea() },
  returns: boolean(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  key app.encryption_keys;
  place record;
  changed bigint;
BEGIN
  IF coalesce(octet_length(old_value), 0) < 46 OR coalesce(octet_length(new_value), 0) < 46 THEN
    RAISE EXCEPTION 'these are no two ciphertexts' USING ERRCODE = 'MM422';
  END IF;
  SELECT k.* INTO key FROM app.encryption_keys k JOIN app.encryption_keys o ON o.purpose = k.purpose
  WHERE k.id = encode(substring(new_value FROM 2 FOR 16), 'hex')::uuid AND k.status = 'active' AND o.id = encode(substring(old_value FROM 2 FOR 16), 'hex')::uuid AND o.status = 'retiring'
  FOR SHARE OF k;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'a value goes from a retiring key to an active one for the same purpose' USING ERRCODE = 'MM422', HINT = 'Call ops.add_key() and ops.retire_key() first.';
  END IF;
  IF table_name = ${transactions.ref.text} THEN
    -- A transaction outlives its customer, and so never has a customer's key.
    RETURN key.subject_customer_id IS NULL AND ${reencryptTransaction(sql`reencrypt.row_id`, sql`reencrypt.column_name`, sql`old_value`, sql`new_value`, sql`key.merchant_id`)} ;
  END IF;
  SELECT * INTO place FROM (VALUES ${declared}) d(of_table, of_column, merchant, also) WHERE d.of_table = reencrypt.table_name AND d.of_column = reencrypt.column_name;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing is encrypted in %.%', table_name, column_name USING ERRCODE = 'MM422', HINT = 'ops.rotate_key_report() names tables and columns.';
  END IF;
  EXECUTE format('UPDATE %s r SET %I = $1%s WHERE r.id = $2 AND r.%I = $3 AND ($4 IS NULL OR $4 = %s) AND ($5 IS NULL OR $5 = r.id)',
                 place.of_table, place.of_column, place.also, place.of_column, place.merchant)
  USING new_value, reencrypt.row_id, old_value, key.merchant_id, key.subject_customer_id;
  GET DIAGNOSTICS changed = ROW_COUNT;
  RETURN changed = 1;
END `,
  comment:
    'Puts a value that was encrypted anew where the column still holds the old one: from a retiring key to an active one of the row. False when it does not any more, or when the key is not one of that row.',
  grants: [{ to: momoWorker, privileges: ['execute'] }],
})
