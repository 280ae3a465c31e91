import { bigint, bytea, sql, text, uuid } from 'pgintent'
import { can, currentMerchantId, ofTheOutlet } from '../context.ts'
import { ciphertexts, keyIdOf } from '../lib/ciphertexts.ts'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger, momoOwner } from '../roles.ts'
import { transactions } from './transactions.ts'

// For api.read_encrypted() and ops.rotate_key_report(): momo_owner itself sees no transactions, so that a view of its shows none.

export const transactionCiphertext = definer(app, 'transaction_ciphertext', {
  owner: momoLedger,
  args: { ids: uuid().array() },
  returns: { table: { row_id: uuid(), column_name: text(), ciphertext: bytea() } },
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  RETURN QUERY
    SELECT r.id, v.c, v.t FROM ${transactions} r CROSS JOIN LATERAL (VALUES ${ciphertexts(transactions)}) v(c, t)
    WHERE r.id = ANY (ids) AND r.merchant_id = ${currentMerchantId()} AND ${ofTheOutlet(sql`r.outlet_id`)} AND ${can('customer.manage')} AND v.t IS NOT NULL;
END `,
  comment: 'The encrypted columns of transactions of this request, for who may know its customers.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})

export const transactionKeys = definer(app, 'transaction_keys', {
  owner: momoLedger,
  returns: { table: { key_id: uuid(), column_name: text(), row_count: bigint() } },
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  RETURN QUERY
    SELECT ${keyIdOf}, v.c, count(*) FROM ${transactions} r CROSS JOIN LATERAL (VALUES ${ciphertexts(transactions)}) v(c, t) WHERE v.t IS NOT NULL GROUP BY 1, 2;
END `,
  comment: 'Which keys the encrypted columns of all transactions name, and how often. Reads every transaction.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})
