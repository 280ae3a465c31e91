import { sql } from 'pgintent'
import { currentMemberRole, currentOutletId, currentUserId, memberRank } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'

const staysOut = sql`USING ERRCODE = '42501', HINT = 'Ask an owner of the merchant.'`

/** Also for code of the owner, where no user asks: only the last rule is left then. */
export const guardMember = definer(app, 'guard_member', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
DECLARE
  me uuid := ${currentUserId()};
  own text := ${currentMemberRole()};
  bound uuid := ${currentOutletId()};
  is_new boolean := TG_OP = 'INSERT';
  was_in boolean := NOT is_new AND OLD.status = 'active' AND OLD.deleted_at IS NULL;
  is_in boolean := NEW.status = 'active' AND NEW.deleted_at IS NULL;
  accepts boolean := NOT is_new AND NEW.user_id = me AND OLD.status = 'invited' AND is_in AND NEW.role = OLD.role AND NEW.outlet_id IS NOT DISTINCT FROM OLD.outlet_id;
  gives boolean := is_new OR NEW.role <> OLD.role OR NEW.outlet_id IS DISTINCT FROM OLD.outlet_id
                   OR (OLD.status = 'revoked' AND NEW.status <> 'revoked') OR (OLD.deleted_at IS NOT NULL AND NEW.deleted_at IS NULL);
BEGIN
  IF me IS NOT NULL AND NOT accepts THEN
    IF own IS NULL OR ${memberRank}(NEW.role) < ${memberRank}(own) OR (NOT is_new AND ${memberRank}(OLD.role) < ${memberRank}(own)) THEN
      RAISE EXCEPTION 'a member may not give or take a role above their own' ${staysOut};
    ELSIF NOT is_new AND NEW.user_id = me AND gives THEN
      RAISE EXCEPTION 'nobody changes their own role or outlet' ${staysOut};
    ELSIF bound IS NOT NULL AND (NEW.outlet_id IS DISTINCT FROM bound OR (NOT is_new AND OLD.outlet_id IS DISTINCT FROM bound)) THEN
      RAISE EXCEPTION 'a member of one outlet decides about the members of that outlet alone'
        USING ERRCODE = '42501', HINT = 'Ask somebody who works for all outlets.';
    ELSIF is_in AND NOT was_in THEN
      RAISE EXCEPTION 'nobody becomes an active member but by their own word'
        USING ERRCODE = '42501', HINT = 'Invite them: they answer with api.accept_invitation().';
    ELSIF gives AND EXISTS (
      -- Ranks are not enough: an accountant ranks below a manager and may approve what the manager asks for.
      SELECT FROM app.role_permissions p WHERE p.role = NEW.role AND NOT EXISTS (
        SELECT FROM app.role_permissions g
        WHERE g.role = own AND g.permission = p.permission
          AND (g.max_units IS NULL OR g.max_units >= p.max_units) AND (g.max_units_a_day IS NULL OR g.max_units_a_day >= p.max_units_a_day))) THEN
      RAISE EXCEPTION 'the role % may do what a % may not', NEW.role, own ${staysOut};
    END IF;
  END IF;
  IF was_in AND OLD.role = 'owner' AND NOT (is_in AND NEW.role = 'owner') THEN
    -- Owners who leave at once wait for each other here. An update and no lock, which would let pass who looks at an older snapshot.
    UPDATE app.merchants m SET status = m.status WHERE m.id = OLD.merchant_id AND m.status <> 'closed';
    IF FOUND AND NOT EXISTS (
      SELECT FROM app.merchant_members o
      WHERE o.merchant_id = OLD.merchant_id AND o.id <> OLD.id AND o.role = 'owner' AND o.status = 'active' AND o.deleted_at IS NULL) THEN
      RAISE EXCEPTION 'a merchant keeps an owner' USING ERRCODE = 'MM403', HINT = 'Another becomes owner first, or the merchant is closed.';
    END IF;
  END IF;
  RETURN NEW;
END `,
  comment:
    'Who may decide about members: nobody gives what they lack, touches who ranks higher, changes their own role or outlet, or reaches past the outlet they are bound to. Members become active by their own word. A merchant keeps an active owner.',
})
