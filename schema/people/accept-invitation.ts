import { sql, uuid } from 'pgintent'
import { currentMerchantId, currentUserId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoApp } from '../roles.ts'

export const acceptInvitation = definer(api, 'accept_invitation', {
  args: { merchant_id: uuid() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
BEGIN
  IF ${currentUserId()} IS NULL THEN
    RAISE EXCEPTION 'no request has begun' USING ERRCODE = '42501', HINT = 'Call api.begin_request() first in every transaction.';
  ELSIF ${currentMerchantId()} IS NOT NULL THEN
    -- A key of a merchant speaks for the one who made it, but not on this.
    RAISE EXCEPTION 'this request is for a merchant already' USING ERRCODE = '42501', HINT = 'Begin the request with the user alone.';
  END IF;
  UPDATE app.merchant_members m SET status = 'active'
  WHERE m.merchant_id = accept_invitation.merchant_id AND m.user_id = ${currentUserId()} AND m.status = 'invited' AND m.deleted_at IS NULL
    AND EXISTS (SELECT FROM app.merchants x WHERE x.id = m.merchant_id AND x.status <> 'closed' AND x.deleted_at IS NULL);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this user has no invitation there' USING ERRCODE = 'MM404', HINT = 'Ask for a new one: it may have been withdrawn or answered.';
  END IF;
END `,
  comment: 'The user of this request becomes a member of a merchant that invited them. Begin the request without a merchant: they are no member yet.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
