import { boolean, jsonb, sql, text } from 'pgintent'
import { currentDeviceId, currentMerchantId } from '../context.ts'
import { sha256 } from '../domains.ts'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger, momoSync } from '../roles.ts'

export const rememberOperation = definer(app, 'remember_operation', {
  owner: momoLedger,
  args: { op_id: text(), request_hash: sha256(), result: jsonb() },
  returns: boolean(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
BEGIN
  INSERT INTO app.idempotency_keys AS k (merchant_id, key, scope, request_hash, device_id, response_body, state)
  VALUES (${currentMerchantId()}, remember_operation.op_id, 'sync_push', remember_operation.request_hash, ${currentDeviceId()}, remember_operation.result, 'completed')
  ON CONFLICT (merchant_id, scope, key) DO UPDATE SET response_body = excluded.response_body
    WHERE k.request_hash = excluded.request_hash AND k.response_body ->> 'result' = 'clock_skew';
  RETURN FOUND;
END `,
  comment:
    'Keeps what an operation of a phone came to, so that it is answered and not done again. False when it has been answered already; only clock_skew may still become something else.',
  grants: [{ to: momoSync, privileges: ['execute'] }],
})
