import { bigint, bytea, sql, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger, momoOwner } from '../roles.ts'

export const forgetParty = definer(app, 'forget_party', {
  owner: momoLedger,
  args: { merchant_id: uuid(), customer_id: uuid(), number_bidx: bytea() },
  returns: bigint(),
  language: 'plpgsql',
  body: sql`
DECLARE changed bigint;
BEGIN
  UPDATE app.transactions t
  SET payer_bidx = CASE t.direction WHEN 'in' THEN NULL ELSE t.payer_bidx END,
      payer_last4 = CASE t.direction WHEN 'in' THEN NULL ELSE t.payer_last4 END,
      payee_bidx = CASE t.direction WHEN 'out' THEN NULL ELSE t.payee_bidx END,
      payee_last4 = CASE t.direction WHEN 'out' THEN NULL ELSE t.payee_last4 END,
      payer_message_enc = NULL, payee_note_enc = NULL
  WHERE t.merchant_id = forget_party.merchant_id
    AND (t.customer_id = forget_party.customer_id
         OR t.direction = 'in' AND t.payer_bidx = forget_party.number_bidx OR t.direction = 'out' AND t.payee_bidx = forget_party.number_bidx)
    AND (t.payer_message_enc IS NOT NULL OR t.payee_note_enc IS NOT NULL
         OR CASE t.direction WHEN 'in' THEN coalesce(t.payer_bidx::bytea::text, t.payer_last4) ELSE coalesce(t.payee_bidx::bytea::text, t.payee_last4) END IS NOT NULL);
  GET DIAGNOSTICS changed = ROW_COUNT;
  RETURN changed;
END `,
  comment:
    "Takes from a customer's transactions, and from those of the same number that name no customer, what they could be found or recognised by: blind index, last digits, messages. The number itself stays, encrypted with the key of the merchant, as long as financial records must name their parties; amounts, times and ids stay.",
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})
