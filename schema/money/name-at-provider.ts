import { sql, text, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

/**
 * MTN names its calls as its customers see them. A merchant's deposit into its wallet is a payment asked of it (requesttopay), and
 * its withdrawal is a transfer to it: their "deposit" pays a customer, and their "requesttowithdraw" takes money from one, the
 * other way round. A bank knows transfers alone.
 */
export const nameAtProvider = internal(app, 'name_at_provider', {
  owner: momoLedger,
  args: { transaction_id: uuid(), provider: text(), environment: text() },
  returns: uuid(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE made uuid;
BEGIN
  INSERT INTO app.provider_references (merchant_id, transaction_id, provider, environment, product, operation, external_id)
  SELECT t.merchant_id, t.id, name_at_provider.provider, name_at_provider.environment,
         CASE t.direction WHEN 'in' THEN 'collection' ELSE 'disbursement' END,
         CASE WHEN t.type = 'refund' THEN 'refund' WHEN t.direction = 'in' THEN 'requesttopay' ELSE 'transfer' END, t.id::text
  FROM app.transactions t WHERE t.id = name_at_provider.transaction_id
  RETURNING x_reference_id INTO made;
  RETURN made;
END `,
  comment: 'Makes the reference under which the provider will know a transaction, before anybody calls it.',
})
