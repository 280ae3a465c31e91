import { jsonb, sql, sqlText } from 'pgintent'
import { currentDeviceId, currentMerchantId } from '../context.ts'
import { internal } from '../lib/routines.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { momoSync } from '../roles.ts'
import { sentColumns } from './sent-columns.ts'
import { changeableColumns } from './streams.ts'

export const createOperation = internal(app, 'create_operation', {
  args: { operation: jsonb() },
  returns: jsonb(),
  language: 'plpgsql',
  settings: { search_path: ['pg_catalog', 'pg_temp'] },
  body: sql`
DECLARE
  target text := operation ->> 'table';
  new_id uuid := operation ->> 'id';
  patch jsonb := ${sentColumns}(coalesce(operation -> 'patch', '{}'), ${changeableColumns('target', 'create')});
  columns text := coalesce((SELECT string_agg(format(', %I', k), '') FROM jsonb_object_keys(patch) k), '');
  violated text;
  known uuid;
BEGIN
  -- Any time is good: an id of a phone whose clock is wrong only sorts oddly here, and what refers to the row can keep it.
  IF (${isV7(sqlText('new_id'))}) IS NOT TRUE THEN
    RAISE EXCEPTION 'the id of a new row is a version 7 UUID' USING ERRCODE = '22023';
  END IF;
  EXECUTE format('INSERT INTO app.%1$I (id, merchant_id, origin_device_id, client_updated_at%2$s) SELECT $1, $2, $3, $4%2$s FROM jsonb_populate_record(NULL::app.%1$I, $5)', target, columns)
    USING new_id, ${currentMerchantId()}, ${currentDeviceId()}, (operation ->> 'captured_at')::timestamptz, patch;
  RETURN jsonb_build_object('op_id', operation ->> 'op_id', 'result', 'applied', 'row_version', 1);
EXCEPTION WHEN unique_violation THEN
  GET STACKED DIAGNOSTICS violated = CONSTRAINT_NAME;
  IF violated = 'customers_msisdn_bidx_key' THEN
    SELECT c.id INTO known FROM app.customers c
    WHERE c.merchant_id = ${currentMerchantId()} AND to_jsonb(c.msisdn_bidx) = patch -> 'msisdn_bidx' AND c.deleted_at IS NULL;
  END IF;
  RETURN jsonb_build_object('op_id', operation ->> 'op_id', 'result', 'rejected', 'code', '23505', 'message', 'there is one like it already',
                            'constraint', violated, 'existing_id', known);
END `,
  comment: 'A row that a phone made. When the customer is known already the answer says as whom, so that the phone can speak of that one.',
  grants: [{ to: momoSync, privileges: ['execute'] }],
})
