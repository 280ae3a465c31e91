import { jsonb, sql, text, uuid } from 'pgintent'
import { currentDeviceId, currentMerchantId } from '../context.ts'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'
import { transactionsFirst } from './transactions-first.ts'

// A request and its answer are one transaction: a key that is there has its answer, a crash leaves neither.

/**
 * The request must not hold what a repetition makes anew: no ciphertext (another nonce), no id (after clock_skew a device mints
 * another and keeps the key), no text that depends on the session (a timestamp is given as seconds).
 */
export const beginOnce = internal(app, 'begin_once', {
  owner: momoLedger,
  args: { scope: text(), key: text(), request: jsonb() },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  digest bytea := sha256(convert_to(begin_once.request::text, 'UTF8'));
  known record;
BEGIN
  IF begin_once.key IS NULL OR length(begin_once.key) NOT BETWEEN 16 AND 128 THEN
    RAISE EXCEPTION 'the idempotency key has not 16 to 128 characters' USING ERRCODE = 'MM422', HINT = 'Make one key, a UUID for example, for one intention.';
  END IF;
  ${transactionsFirst};
  -- While another transaction works on the same key, this waits for it.
  INSERT INTO app.idempotency_keys (merchant_id, key, scope, request_hash, device_id)
  VALUES (${currentMerchantId}(), begin_once.key, begin_once.scope, digest, ${currentDeviceId}())
  ON CONFLICT (merchant_id, scope, key) DO NOTHING;
  IF FOUND THEN
    RETURN NULL;
  END IF;
  SELECT k.request_hash, k.response_body INTO known FROM app.idempotency_keys k
  WHERE k.merchant_id = ${currentMerchantId}() AND k.scope = begin_once.scope AND k.key = begin_once.key AND k.state = 'completed';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the idempotency key is being purged' USING ERRCODE = '40001', HINT = 'Try again.';
  ELSIF known.request_hash <> digest THEN
    RAISE EXCEPTION 'this idempotency key was used for another request' USING ERRCODE = 'MM409', HINT = 'Make a new key for a new intention; repeat a request unchanged.';
  END IF;
  RETURN known.response_body || '{"replayed": true}';
END `,
  comment: 'Begins a request of the merchant: NULL when it is new, else the answer it was given; MM409 when the key was used for another.',
})

export const answerOnce = internal(app, 'answer_once', {
  owner: momoLedger,
  args: { scope: text(), key: text(), answer: jsonb(), transaction_id: uuid() },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
BEGIN
  answer_once.answer := answer_once.answer || '{"replayed": false}';
  UPDATE app.idempotency_keys k
  SET state = 'completed', response_code = 201, response_body = answer_once.answer, transaction_id = answer_once.transaction_id
  WHERE k.merchant_id = ${currentMerchantId}() AND k.scope = answer_once.scope AND k.key = answer_once.key;
  RETURN answer_once.answer;
END `,
  comment: 'Keeps the answer to a request and gives it.',
})
