import { jsonb, sql, text, uuid, type SqlText } from 'pgintent'
import { currentDeviceId, currentMerchantId, currentUserId } from '../context.ts'
import { sha256 } from '../domains.ts'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'
import { transactionsFirst } from './transactions-first.ts'

// A request and its answer are one transaction, and one row is written for both, with the answer: a key that is there has it, a
// crash leaves nothing. Until then a lock on the key keeps the second of two waiting; should anything come past it, the key is unique.

/**
 * The digest of a request and of who asks: an answer is for them alone. It must not hold what a repetition makes anew: no ciphertext (another nonce), no id (after clock_skew a
 * device mints another and keeps the key), no text that depends on the session (a timestamp is given as seconds).
 */
export const digestOf = (request: SqlText): SqlText => sql`sha256(convert_to(${currentUserId()}::text || (${request})::text, 'UTF8'))`

export const beginOnce = internal(app, 'begin_once', {
  owner: momoLedger,
  args: { scope: text(), key: text(), request_hash: sha256() },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE known record;
BEGIN
  IF begin_once.key IS NULL OR length(begin_once.key) NOT BETWEEN 16 AND 128 THEN
    RAISE EXCEPTION 'the idempotency key has not 16 to 128 characters'
      USING ERRCODE = 'MM422', HINT = 'Make one key, a UUID for example, for one intention.';
  END IF;
  ${transactionsFirst};
  -- While another transaction works on the same key, this waits for it.
  PERFORM pg_advisory_xact_lock(hashtextextended(format('%s %s %s', ${currentMerchantId}(), begin_once.scope, begin_once.key), 0));
  SELECT k.request_hash, k.response_body INTO known FROM app.idempotency_keys k
  WHERE k.merchant_id = ${currentMerchantId}() AND k.scope = begin_once.scope AND k.key = begin_once.key;
  IF NOT FOUND THEN
    RETURN NULL;
  ELSIF known.request_hash <> begin_once.request_hash THEN
    RAISE EXCEPTION 'this idempotency key was used for another request'
      USING ERRCODE = 'MM409', HINT = 'Make a new key for a new intention; repeat a request unchanged.';
  END IF;
  RETURN known.response_body || '{"replayed": true}';
END `,
  comment:
    'Begins a request of the merchant: NULL when it is new, else the answer it was given; MM409 when the key was used for another. The second with one key waits for the first.',
})

export const answerOnce = internal(app, 'answer_once', {
  owner: momoLedger,
  args: { scope: text(), key: text(), request_hash: sha256(), answer: jsonb(), transaction_id: uuid() },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
BEGIN
  answer_once.answer := answer_once.answer || '{"replayed": false}';
  INSERT INTO app.idempotency_keys (merchant_id, key, scope, request_hash, device_id, transaction_id, response_code, response_body, state)
  VALUES (${currentMerchantId}(), answer_once.key, answer_once.scope, answer_once.request_hash, ${currentDeviceId}(), answer_once.transaction_id, 201,
          answer_once.answer, 'completed')
  ON CONFLICT (merchant_id, scope, key) DO NOTHING;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this idempotency key was answered this moment' USING ERRCODE = '40001', HINT = 'Try again.';
  END IF;
  RETURN answer_once.answer;
END `,
  comment: 'Keeps a request and the answer to it, and gives the answer.',
})
