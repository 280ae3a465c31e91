import { bigint, jsonb, sql } from 'pgintent'
import { currentDeviceId } from '../context.ts'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoSync } from '../roles.ts'
import { changeOperation } from './change-operation.ts'
import { createOperation } from './create-operation.ts'
import { rememberOperation } from './remember.ts'
import { submitOperation } from './submit-operation.ts'

/**
 * A transaction that came through is remembered by api.submit_transaction(); everything else is remembered here, refusals too:
 * a phone that did not hear of a refusal must not find the same operation done when it asks again.
 */
export const pushOperation = internal(app, 'push_operation', {
  args: { operation: jsonb(), answered: bigint() },
  returns: jsonb(),
  language: 'plpgsql',
  settings: { search_path: ['pg_catalog', 'pg_temp'] },
  body: sql`
DECLARE
  op_id text := operation ->> 'op_id';
  is_command boolean := coalesce(operation ->> 'kind' = 'transaction', false);
  answer jsonb := jsonb_build_object('op_id', operation -> 'op_id');
  digest bytea;
  known record;
  code text;
  problem text;
  advice text;
  violated text;
BEGIN
  IF jsonb_typeof(operation) <> 'object' OR coalesce(length(op_id) NOT BETWEEN 16 AND 128, true) THEN
    RETURN answer || '{"result": "rejected", "code": "22023", "message": "an operation is an object with an op_id of 16 to 128 characters"}';
  ELSIF EXISTS (SELECT FROM jsonb_each(operation) part WHERE part.key IN ('args', 'patch', 'base') AND jsonb_typeof(part.value) <> 'object') THEN
    RETURN answer || '{"result": "rejected", "code": "22023", "message": "args, patch and base are objects"}';
  END IF;
  -- Without the id of a transaction and what is encrypted for that id: after clock_skew the phone makes both anew.
  digest := sha256(convert_to(${currentDeviceId()}::text ||
    (CASE WHEN is_command THEN operation - 'id' - 'args' || coalesce((SELECT jsonb_object_agg(a.key, a.value) FROM jsonb_each(operation -> 'args') a WHERE a.key !~ '_enc$'), '{}')
          ELSE operation END)::text, 'UTF8'));
  SELECT k.request_hash, k.response_body INTO known FROM app.idempotency_keys k WHERE k.scope = 'sync_push' AND k.key = op_id;
  IF FOUND AND known.request_hash <> digest THEN
    RETURN answer || '{"result": "rejected", "code": "MM409", "message": "this op_id belongs to another operation"}';
  ELSIF FOUND AND known.response_body ->> 'result' IN ('applied', 'merged') THEN
    RETURN known.response_body || jsonb_build_object('result', 'replayed', 'was', known.response_body -> 'result');
  ELSIF FOUND AND (known.response_body ->> 'result' <> 'clock_skew' OR known.response_body -> 'id' = operation -> 'id') THEN
    RETURN known.response_body || '{"replayed": true}';
  ELSIF answered IS NOT NULL AND NOT FOUND AND NOT EXISTS (SELECT FROM app.idempotency_keys k WHERE k.scope = 'submit_transaction' AND k.key = op_id) THEN
    -- Done and forgotten, or never seen: who cannot tell does not do it again.
    RETURN answer || jsonb_build_object('result', 'rejected', 'code', 'stale_batch', 'last_push_seq', answered,
                                        'message', 'a batch with this number was answered before, without this operation');
  END IF;
  BEGIN
    CASE operation ->> 'kind'
      WHEN 'transaction' THEN RETURN ${submitOperation}(operation);
      WHEN 'create' THEN answer := ${createOperation}(operation);
      WHEN 'update', 'delete' THEN answer := ${changeOperation}(operation);
      ELSE RAISE EXCEPTION 'there is no kind of operation "%"', operation ->> 'kind' USING ERRCODE = '22023';
    END CASE;
  EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, problem = MESSAGE_TEXT, advice = PG_EXCEPTION_HINT, violated = CONSTRAINT_NAME;
    -- What says nothing about this operation (a deadlock, a timeout, a fault of the server) fails the batch, and the phone sends it again.
    -- So does a month that nobody has made: PostgreSQL says that as a check that has no name.
    IF code !~ '^(MM|22|23)' AND code <> '42501' OR code = '23514' AND violated = '' THEN RAISE; END IF;
    IF violated = 'clock_skew' THEN
      answer := answer || jsonb_build_object('result', 'clock_skew', 'id', operation -> 'id', 'server_time', clock_timestamp());
    ELSE
      answer := answer || jsonb_build_object('result', 'rejected', 'code', code, 'message', problem, 'hint', nullif(advice, ''), 'constraint', nullif(violated, ''));
    END IF;
  END;
  IF NOT ${rememberOperation}(op_id, digest, answer) AND answer ->> 'result' IN ('applied', 'merged', 'conflict') THEN
    RAISE EXCEPTION 'operation % is being done by somebody else', op_id USING ERRCODE = '40001', HINT = 'Send the batch again.';
  END IF;
  RETURN answer;
END `,
  comment:
    'Does one operation of a batch, or says what it came to when it was done before. answered is the number of the last batch when this one is not newer. What refuses one operation does not undo the others.',
  grants: [{ to: momoSync, privileges: ['execute'] }],
})
