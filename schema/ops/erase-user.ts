import { jsonb, sql, text, uuid } from 'pgintent'
import { holds } from '../compliance/held.ts'
import { logAct } from '../compliance/log-act.ts'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoCompliance, momoRetention } from '../roles.ts'

const theirs = sql`EXISTS (SELECT FROM app.merchant_members m WHERE m.user_id = u.id AND m.merchant_id = h.merchant_id)`

export const eraseUser = definer(ops, 'erase_user', {
  args: { user_id: uuid(), reason: text() },
  returns: jsonb(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  u app.users;
  found_id text;
  memberships bigint;
BEGIN
  IF coalesce(length(reason), 0) < 3 THEN
    RAISE EXCEPTION 'an erasure needs a reason' USING ERRCODE = 'MM422', HINT = 'Say who asked for it, or which rule.';
  END IF;
  SELECT * INTO u FROM app.users x WHERE x.id = erase_user.user_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no such user' USING ERRCODE = 'MM404';
  END IF;
  SELECT h.id::text INTO found_id FROM app.legal_holds h
  WHERE ${holds({ merchant: theirs, table: 'app.users', id: sql`u.id`, from: sql`u.created_at`, until: sql`now()` })}
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'legal hold % protects this user', found_id USING ERRCODE = 'MM423', HINT = 'Compliance lifts it, or it stays.';
  END IF;
  SELECT m.merchant_id::text INTO found_id
  FROM app.merchant_members m JOIN app.merchants x ON x.id = m.merchant_id AND x.status <> 'closed'
  WHERE m.user_id = u.id AND m.role = 'owner' AND m.status = 'active' AND m.deleted_at IS NULL
    AND NOT EXISTS (SELECT FROM app.merchant_members o WHERE o.merchant_id = m.merchant_id AND o.user_id <> u.id AND o.role = 'owner' AND o.status = 'active' AND o.deleted_at IS NULL)
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'this user is the only owner of merchant %', found_id USING ERRCODE = 'MM422', HINT = 'Another becomes owner first, or the merchant is closed.';
  END IF;
  UPDATE app.merchant_members m SET status = 'revoked', revoked_at = coalesce(m.revoked_at, now()), deleted_at = coalesce(m.deleted_at, now())
  WHERE m.user_id = u.id AND (m.status <> 'revoked' OR m.deleted_at IS NULL);
  GET DIAGNOSTICS memberships = ROW_COUNT;
  UPDATE app.devices d SET status = 'revoked', revoked_at = coalesce(d.revoked_at, now()), push_token_enc = NULL
  WHERE d.user_id = u.id AND (d.status <> 'revoked' OR d.push_token_enc IS NOT NULL);
  UPDATE app.api_keys k SET revoked_at = now() WHERE k.created_by = u.id AND k.revoked_at IS NULL;
  UPDATE app.users x
  SET auth_subject = 'erased:' || x.id, display_name_enc = NULL, msisdn_enc = NULL, msisdn_bidx = NULL, msisdn_last4 = NULL, email_enc = NULL, email_bidx = NULL,
      locale = NULL, mfa_enrolled_at = NULL, status = 'closed', closed_at = coalesce(x.closed_at, now()), erased_at = coalesce(x.erased_at, now())
  WHERE x.id = u.id;
  PERFORM ${logAct(sql`'ERASE'`, sql`'app.users'`, sql`ARRAY[u.id]`, sql`NULL`, sql`jsonb_build_object('reason', reason, 'memberships', memberships)`)};
  RETURN jsonb_build_object('user_id', u.id, 'memberships', memberships);
END `,
  comment:
    'Erases a person who works for merchants: their columns, memberships, devices and the keys they made; their id stays on what they did. Identity documents are not touched, they have a period of their own (R2). Users share one data key, so copies in backups go only when the backups do. Refused while a legal hold protects them (MM423) and for the only owner of a merchant that is open (MM422). Can be repeated.',
  grants: [{ to: [momoCompliance, momoRetention], privileges: ['execute'] }],
})
