import { sql, text } from 'pgintent'
import { currentMerchantId, currentUserId, hasPermission } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

export const requirePermission = definer(app, 'require_permission', {
  args: { permission: text() },
  returns: 'void',
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  IF ${currentMerchantId}() IS NULL OR ${currentUserId}() IS NULL THEN
    RAISE EXCEPTION 'no request has begun' USING ERRCODE = '42501', HINT = 'Call api.begin_request() first in every transaction.';
  ELSIF NOT ${hasPermission}(require_permission.permission) THEN
    RAISE EXCEPTION 'this needs the permission %', require_permission.permission
      USING ERRCODE = '42501', HINT = 'An owner of the merchant gives it with a role.';
  ELSIF NOT EXISTS (SELECT FROM app.merchants m WHERE m.id = ${currentMerchantId}() AND m.status = 'active') THEN
    RAISE EXCEPTION 'this merchant is not active' USING ERRCODE = 'MM403', HINT = 'Only an active merchant moves money.';
  END IF;
END `,
  comment: 'Refuses who has no request or lacks the permission (42501), and a merchant that is not active (MM403).',
  grants: [{ to: momoLedger, privileges: ['execute'] }],
})
