import { bigint, boolean, sql, text } from 'pgintent'
import { currentMemberRole } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoApp, momoLedger } from '../roles.ts'

// Limits are declared once for all currencies, in units that each currency says the size of: see currencies.limit_unit_minor.

export const permissionLimit = definer(app, 'permission_limit', {
  args: { permission: text(), currency: text(), a_day: boolean().default(false) },
  returns: bigint(),
  language: 'plpgsql',
  volatility: 'stable',
  parallel: 'safe',
  body: sql`
DECLARE
  units bigint;
  unit bigint;
BEGIN
  SELECT CASE WHEN permission_limit.a_day THEN p.max_units_a_day ELSE p.max_units END INTO units FROM app.role_permissions p
  WHERE p.role = ${currentMemberRole}() AND p.permission = permission_limit.permission;
  IF units IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT c.limit_unit_minor INTO unit FROM app.currencies c WHERE c.code = permission_limit.currency;
  RETURN units * coalesce(unit, 0);
END `,
  comment:
    'How much the user of this request may move alone, at once or within a day, in minor units; NULL for no limit, 0 in a currency that says no unit. Ask app.has_permission() first.',
  grants: [{ to: [momoApp, momoLedger], privileges: ['execute'] }],
})

export const withinLimit = definer(app, 'within_limit', {
  args: { permission: text(), amount_minor: bigint(), currency: text() },
  returns: boolean(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  RETURN coalesce(within_limit.amount_minor <= ${permissionLimit}(within_limit.permission, within_limit.currency), true);
END `,
  comment: 'Whether the user of this request may move that much at once.',
  grants: [{ to: momoLedger, privileges: ['execute'] }],
})
