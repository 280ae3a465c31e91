import { jsonb, sql, uuid } from 'pgintent'
import { currentMerchantId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoSync } from '../roles.ts'

export const unchangedCiphertext = definer(app, 'unchanged_ciphertext', {
  args: { customer_id: uuid(), base: jsonb() },
  returns: jsonb(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  RETURN (SELECT coalesce(jsonb_agg(b.key), '[]') FROM app.customers c, jsonb_each(base) b
          WHERE c.id = unchanged_ciphertext.customer_id AND c.merchant_id = ${currentMerchantId()} AND b.key ~ '_enc$' AND to_jsonb(c) -> b.key = b.value);
END `,
  comment: 'Which encrypted columns of a customer are still what a phone started from. Tells only whether two ciphertexts are equal, to who knows one of them.',
  grants: [{ to: momoSync, privileges: ['execute'] }],
})
