import { bytea, sql, text, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoApp } from '../roles.ts'

export const authenticateKey = definer(api, 'authenticate_key', {
  args: { key_prefix: text(), key_hash: bytea() },
  returns: { table: { api_key_id: uuid(), merchant_id: uuid(), user_id: uuid(), scopes: text().array() } },
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  k app.api_keys;
  fits boolean;
BEGIN
  SELECT * INTO k FROM app.api_keys x WHERE x.key_prefix = authenticate_key.key_prefix;
  -- Digests of digests, so that the time a comparison takes tells nothing; and the same work for a prefix that nobody has.
  fits := sha256(coalesce(k.key_hash::bytea, sha256('nobody'))) = sha256(coalesce(authenticate_key.key_hash, ''));
  fits := fits AND k.id IS NOT NULL AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())
          AND EXISTS (SELECT FROM app.merchants m WHERE m.id = k.merchant_id AND m.status <> 'closed' AND m.deleted_at IS NULL);
  IF fits IS NOT TRUE THEN
    RETURN;
  END IF;
  IF k.last_used_at IS NULL OR k.last_used_at < now() - interval '1 hour' THEN
    UPDATE app.api_keys x SET last_used_at = now() WHERE x.id = k.id AND (x.last_used_at IS NULL OR x.last_used_at < now() - interval '1 hour');
  END IF;
  RETURN QUERY SELECT k.id, k.merchant_id, k.created_by, k.scopes;
END `,
  comment:
    'Whose key this is and what it may do, by its first letters and the SHA-256 of the whole; no row for one that is wrong, revoked or expired, or of a closed merchant: which of these, nobody learns. Begin the request as user_id, who must still be a member. last_used_at moves at most once an hour.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
