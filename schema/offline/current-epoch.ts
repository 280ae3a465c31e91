import { boolean, sql, uuid } from 'pgintent'
import { currentOutletId } from '../context.ts'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoSync } from '../roles.ts'

/**
 * A member who is given another outlet sees rows that changed long before the cursor of their phone, and no longer sees others.
 * No cursor over changes can tell that, so the scope is part of the epoch: with another scope the phone begins anew.
 */
export const currentEpoch = definer(app, 'current_epoch', {
  args: { of_outlets: boolean() },
  returns: uuid(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
DECLARE found_epoch uuid := (SELECT e.epoch FROM ops.cluster_epoch e ORDER BY e.id DESC LIMIT 1);
BEGIN
  IF found_epoch IS NULL THEN
    RAISE EXCEPTION 'this database has no sync epoch' USING ERRCODE = '55000', HINT = 'Run ops.load_reference_data(), or ops.begin_epoch() after a restore.';
  END IF;
  IF of_outlets AND ${currentOutletId()} IS NOT NULL THEN
    RETURN md5(found_epoch::text || ${currentOutletId()}::text)::uuid;
  END IF;
  RETURN found_epoch;
END `,
  comment: 'What cursors of this request belong to: the latest of ops.cluster_epoch, and for what is seen by outlet also the outlet that the user is bound to.',
  grants: [{ to: momoSync, privileges: ['execute'] }],
})
