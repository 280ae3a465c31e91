import { boolean, sql, sqlText, text, type SqlText } from 'pgintent'
import { definer } from './lib/routines.ts'
import { app } from './namespaces.ts'
import { everyone } from './roles.ts'

// Any statement can set app.merchant_id. So api.begin_request() signs what it has set, with a key that no role may read but
// momo_owner, and for this transaction alone: settings that were changed since, or copied from another transaction, are
// nobody's, and no row is seen.
//
// What it does not stop: a session that may send statements of its own can end the transaction, or close the cursor that marks
// it, and call api.begin_request() itself, if it knows the ids of a user and of a merchant which that user works for. And it
// stops nobody who owns the tables. What it costs: docs/decisions/0017.

/** H(key || H(key || message)) with SHA-256, over the five settings and the beginning of the transaction. NULL without a key, and when a setting was never set. */
const signed = sql`encode(sha256(k.key || sha256(k.key
    || convert_to(current_setting('app.user_id', true) || '|' || current_setting('app.merchant_id', true) || '|' || current_setting('app.device_id', true)
                  || '|' || current_setting('app.outlet_id', true) || '|' || current_setting('app.request_id', true), 'UTF8')
    || timestamptz_send(now()))), 'hex')`

/** A setting of the request where the variable `signed` of a body says that the context holds, else NULL. */
export const signedSetting = (what: 'user' | 'device' | 'request'): SqlText => sqlText(`CASE WHEN signed THEN nullif(current_setting('app.${what}_id', true), '')::uuid END`)

export const contextSignature = definer(app, 'context_signature', {
  returns: text(),
  language: 'plpgsql',
  volatility: 'stable',
  parallel: 'safe',
  body: sql`
BEGIN
  RETURN (SELECT ${signed} FROM ops.context_keys k);
END `,
  comment: 'What app.ctx_sig must be for the settings as they are. Nobody may call it but the functions of its owner: whoever can, can sign.',
})

export const contextHolds = definer(app, 'context_holds', {
  returns: boolean(),
  language: 'plpgsql',
  volatility: 'stable',
  parallel: 'safe',
  body: sql`
DECLARE signature text := current_setting('app.ctx_sig', true);
BEGIN
  IF signature IS NULL OR signature = '' THEN
    RETURN false;
  END IF;
  RETURN coalesce((SELECT signature = ${signed} FROM ops.context_keys k), false);
END `,
  comment: 'Whether who is asking was said by api.begin_request() in this transaction, and not changed since.',
  grants: [{ to: everyone, privileges: ['execute'] }],
})
