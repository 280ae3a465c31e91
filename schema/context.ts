import { boolean, integer, setOf, sql, sqlText, text, uuid, type Interpolated, type SqlText } from 'pgintent'
import { contextHolds, contextSignature } from './context-signature.ts'
import { definer, internal } from './lib/routines.ts'
import { api, app } from './namespaces.ts'
import { everyone, momoApp, momoLedger } from './roles.ts'
import { memberRoles, type Permission } from './values.ts'

// Who is asking. api.begin_request() settles it for one transaction, and policies compare with it. Without it every current_…
// is NULL, and NULL equals nothing: no context, no rows.
//
// The settings are signed, see context-signature.ts: settings that another statement wrote are nobody's. Merchant and user
// check the signature, which covers device, outlet and request as well; no policy asks for those two without asking for one of these.
// The bodies name tables that are declared later; PL/pgSQL looks them up when it runs.

function currentId(what: 'merchant' | 'user' | 'device' | 'outlet', comment: string) {
  const value = sql`nullif(current_setting(${`app.${what}_id`}, true), '')::uuid`
  const checked = what === 'merchant' || what === 'user'
  return internal(app, `current_${what}_id`, {
    returns: uuid(),
    volatility: 'stable',
    parallel: 'safe',
    // Without a request nothing is checked, which keeps workers and the ledger as fast as they were.
    sqlBody: checked ? sql`RETURN CASE WHEN ${value} IS NOT NULL AND ${contextHolds}() THEN ${value} END` : sql`RETURN ${value}`,
    comment,
    grants: [{ to: everyone, privileges: ['execute'] }],
  })
}

export const currentMerchantId = currentId('merchant', 'The merchant this transaction serves; NULL outside of a request and when the signature does not fit.')
export const currentUserId = currentId('user', 'The user this transaction serves; NULL outside of a request and when the signature does not fit.')
export const currentDeviceId = currentId('device', 'The device that asks; NULL outside of a request and for the web. Ask for merchant or user as well: they check the signature.')
export const currentOutletId = currentId('outlet', 'The only outlet the user of this request works for; NULL for one who works for all of them. Ask for merchant or user as well.')

/** The same, once for a statement and not once for a row. */
export const theMerchant = sql`(select ${currentMerchantId()})`
export const theUser = sql`(select ${currentUserId()})`
export const theDevice = sql`(select ${currentDeviceId()})`

/**
 * Whether a row is of the outlet that the user is bound to, for columns that may be NULL. Said with CASE: the planner takes an OR
 * of the two for a condition that hardly any row meets, expects fewer rows than a page has, and sorts all of a merchant's instead
 * of reading an index in its order.
 */
export const ofTheOutlet = (outlet: Interpolated): SqlText => sql`case when (select ${currentOutletId()}) is null then true else ${outlet} = (select ${currentOutletId()}) end`

export const memberRank = internal(app, 'member_rank', {
  args: { role: text() },
  returns: integer(),
  volatility: 'immutable',
  parallel: 'safe',
  sqlBody: sql`RETURN array_position(ARRAY[${[...memberRoles]}], role)`,
  comment: 'How far down a role is: 1 is the most trusted.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})

export const currentMemberRole = definer(app, 'current_member_role', {
  returns: text(),
  language: 'plpgsql',
  volatility: 'stable',
  parallel: 'safe',
  body: sql`
BEGIN
  RETURN (SELECT m.role FROM app.merchant_members m
          WHERE m.merchant_id = ${currentMerchantId()} AND m.user_id = ${currentUserId()} AND m.status = 'active' AND m.deleted_at IS NULL);
END `,
  comment: 'The role of the user in the merchant of this request; NULL for no active member.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})

export const hasPermission = definer(app, 'has_permission', {
  args: { permission: text() },
  returns: boolean(),
  language: 'plpgsql',
  volatility: 'stable',
  parallel: 'safe',
  body: sql`
BEGIN
  RETURN EXISTS (SELECT FROM app.role_permissions p
                 WHERE p.role = ${currentMemberRole}() AND p.permission = has_permission.permission);
END `,
  comment: 'Whether the user of this request may do something in its merchant.',
  grants: [{ to: [momoApp, momoLedger], privileges: ['execute'] }],
})

/** A permission in a policy, asked once for a statement. A misspelt one does not compile. */
export const can = (permission: Permission): SqlText => sql`(select ${hasPermission(permission)})`

export const coMemberIds = definer(app, 'co_member_ids', {
  returns: setOf(uuid()),
  language: 'plpgsql',
  volatility: 'stable',
  parallel: 'safe',
  body: sql`
BEGIN
  RETURN QUERY SELECT m.user_id FROM app.merchant_members m
               WHERE m.merchant_id = ${currentMerchantId()} AND m.status = 'active' AND m.deleted_at IS NULL;
END `,
  comment: 'The active members of the merchant of this request. Who was only invited has not agreed to be known.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})

export const merchantIsOpen = definer(app, 'merchant_is_open', {
  returns: boolean(),
  language: 'plpgsql',
  volatility: 'stable',
  parallel: 'safe',
  body: sql`
BEGIN
  RETURN EXISTS (SELECT FROM app.merchants m WHERE m.id = ${currentMerchantId()} AND m.status <> 'closed');
END `,
  comment: 'Whether the merchant of this request may still be written to.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})

const settings = ['user', 'merchant', 'device', 'request'].map((what) =>
  sqlText(`
  PERFORM set_config('app.${what}_id', coalesce(begin_request.${what}_id::text, ''), true);`),
)

export const beginRequest = definer(api, 'begin_request', {
  args: {
    user_id: uuid(),
    merchant_id: uuid().default(sql`NULL::uuid`),
    device_id: uuid().default(sql`NULL::uuid`),
    request_id: uuid().default(sql`NULL::uuid`),
  },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  -- That a request has begun: an open cursor, which ends with the transaction. Settings can be cleared by calling a function, a
  -- cursor cannot, so SQL injected into one statement begins no other request.
  mark refcursor := 'momo_request';
  outlet uuid;
  signature text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_cursors c WHERE c.name = mark::text) THEN
    OPEN mark FOR SELECT;
  ELSIF NOT (${contextHolds}() AND (current_setting('app.user_id'), current_setting('app.merchant_id'), current_setting('app.device_id'), current_setting('app.request_id'))
             = (begin_request.user_id::text, coalesce(begin_request.merchant_id::text, ''), coalesce(begin_request.device_id::text, ''),
                coalesce(begin_request.request_id::text, ''))) THEN
    RAISE EXCEPTION 'this transaction serves another request' USING ERRCODE = '42501', HINT = 'Begin a transaction for every request.';
  END IF;
  IF NOT EXISTS (SELECT FROM app.users u WHERE u.id = begin_request.user_id AND u.status = 'active') THEN
    RAISE EXCEPTION 'this user may not sign in' USING ERRCODE = '42501';
  END IF;
  IF begin_request.merchant_id IS NOT NULL THEN
    SELECT m.outlet_id INTO outlet FROM app.merchant_members m
    WHERE m.merchant_id = begin_request.merchant_id AND m.user_id = begin_request.user_id AND m.status = 'active' AND m.deleted_at IS NULL;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'this user is no member of this merchant' USING ERRCODE = '42501';
    END IF;
  END IF;
  IF begin_request.device_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM app.devices d
       WHERE d.id = begin_request.device_id AND d.merchant_id = begin_request.merchant_id AND d.user_id = begin_request.user_id AND d.status = 'active') THEN
    RAISE EXCEPTION 'this device may not speak for this user' USING ERRCODE = '42501';
  END IF;${settings[0]!}${settings[1]!}${settings[2]!}${settings[3]!}
  PERFORM set_config('app.outlet_id', coalesce(outlet::text, ''), true);
  signature := ${contextSignature}();
  IF signature IS NULL THEN
    -- The first request ever. Two that come at once wait for each other here, and one key stays.
    INSERT INTO ops.context_keys DEFAULT VALUES ON CONFLICT DO NOTHING;
    signature := ${contextSignature}();
  END IF;
  PERFORM set_config('app.ctx_sig', signature, true);
END `,
  comment:
    'Begins a request: checks user, membership and device, and says for this transaction who is asking. The first statement of every transaction, and once: a transaction changes neither its merchant nor its user, device or request.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
