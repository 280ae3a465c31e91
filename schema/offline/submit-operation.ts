import { jsonb, sql, sqlText } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoSync } from '../roles.ts'

/** What a phone may say of a transaction, and the type of each. */
const told: { readonly [argument: string]: 'text' | 'uuid' | 'bigint' | 'timestamptz' | 'jsonb' | 'bytea' } = {
  type: 'text', amount_minor: 'bigint', currency: 'text',
  payer_party_type: 'text', payer_enc: 'bytea', payer_bidx: 'bytea', payer_last4: 'text',
  payee_party_type: 'text', payee_enc: 'bytea', payee_bidx: 'bytea', payee_last4: 'text',
  payer_message_enc: 'bytea', payee_note_enc: 'bytea', reference: 'text',
  outlet_id: 'uuid', customer_id: 'uuid', payment_request_id: 'uuid', metadata: 'jsonb', expires_at: 'timestamptz',
} // prettier-ignore

const usual: { readonly [argument: string]: string } = { metadata: `'{}'` }

function value(argument: string, type: string): string {
  const given = type === 'bytea' ? `decode(args ->> '${argument}', 'base64')` : type === 'jsonb' ? `args -> '${argument}'` : `(args ->> '${argument}')::${type}`
  return usual[argument] === undefined ? given : `coalesce(${given}, ${usual[argument]})`
}

export const submitOperation = internal(app, 'submit_operation', {
  args: { operation: jsonb() },
  returns: jsonb(),
  language: 'plpgsql',
  settings: { search_path: ['pg_catalog', 'pg_temp'] },
  body: sql`
DECLARE
  args jsonb := coalesce(operation -> 'args', '{}');
  unknown text := (SELECT string_agg(k, ', ' ORDER BY k) FROM jsonb_object_keys(args) k WHERE k <> ALL (ARRAY[${Object.keys(told)}]));
  answer jsonb;
BEGIN
  IF unknown IS NOT NULL THEN
    RAISE EXCEPTION 'a transaction has no %', unknown USING ERRCODE = '22023';
  END IF;
  answer := api.submit_transaction(
    id => (operation ->> 'id')::uuid,
    idempotency_key => operation ->> 'op_id',
    ${sqlText(
      Object.entries(told)
        .map(([argument, type]) => `${argument} => ${value(argument, type)},`)
        .join('\n    '),
    )}
    captured_at => (operation ->> 'captured_at')::timestamptz,
    is_offline => true);
  RETURN jsonb_build_object('op_id', operation ->> 'op_id', 'result', CASE WHEN (answer ->> 'replayed')::boolean THEN 'replayed' ELSE 'applied' END) || answer;
END `,
  comment: 'A transaction that was made offline: a command to api.submit_transaction(), with the id of the operation as its idempotency key.',
  grants: [{ to: momoSync, privileges: ['execute'] }],
})
