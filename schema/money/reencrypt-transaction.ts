import { boolean, bytea, integer, sql, text, uuid } from 'pgintent'
import { ciphertexts, keyIdOf } from '../lib/ciphertexts.ts'
import { columnNames } from '../lib/names.ts'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger, momoOwner } from '../roles.ts'
import { transactions } from './transactions.ts'

// For ops.to_reencrypt() and ops.reencrypt(): momo_owner itself sees no transactions.

export const transactionsUnderKey = definer(app, 'transactions_under_key', {
  owner: momoLedger,
  args: { key_id: uuid(), most: integer() },
  returns: { table: { row_id: uuid(), merchant_id: uuid(), column_name: text(), ciphertext: bytea() } },
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  RETURN QUERY
    SELECT r.id, r.merchant_id, v.c, v.t FROM ${transactions} r CROSS JOIN LATERAL (VALUES ${ciphertexts(transactions)}) v(c, t)
    WHERE v.t IS NOT NULL AND ${keyIdOf} = transactions_under_key.key_id LIMIT most;
END `,
  comment: 'Some of what a key encrypted in transactions. Reads transactions until it has found as many.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})

const columns = columnNames(transactions).filter((n) => n.endsWith('_enc'))

const branches = columns.map((name) => sql`
    WHEN ${name} THEN
      UPDATE app.transactions r SET ${transactions.columns[name as 'payer_enc']} = reencrypt_transaction.new_value
      WHERE r.id = reencrypt_transaction.row_id AND r.${transactions.columns[name as 'payer_enc']} = reencrypt_transaction.old_value
        AND (reencrypt_transaction.merchant_id IS NULL OR r.merchant_id = reencrypt_transaction.merchant_id);`) // prettier-ignore

export const reencryptTransaction = definer(app, 'reencrypt_transaction', {
  owner: momoLedger,
  args: { row_id: uuid(), column_name: text(), old_value: bytea(), new_value: bytea(), merchant_id: uuid() },
  returns: boolean(),
  language: 'plpgsql',
  body: sql`
BEGIN
  CASE reencrypt_transaction.column_name${branches.reduce((a, b) => sql`${a}${b}`)}
    ELSE
      RAISE EXCEPTION 'nothing is encrypted in app.transactions.%', reencrypt_transaction.column_name USING ERRCODE = 'MM422', HINT = ${`Give one of ${columns.join(', ')}.`};
  END CASE;
  RETURN FOUND;
END `,
  comment: 'Puts a value that was encrypted anew where a transaction of the merchant still has the old one; NULL stands for all merchants.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})
