import { sql } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'

/** With the rights of who inserts, who sees the members of their own merchant alone: it tells nothing of others. */
export const guardSubject = internal(app, 'guard_subject', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  IF NEW.subject_user_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM app.merchant_members m
    WHERE m.merchant_id = NEW.merchant_id AND m.user_id = NEW.subject_user_id AND m.status = 'active' AND m.deleted_at IS NULL) THEN
    RAISE EXCEPTION 'an identity document is about an active member' USING ERRCODE = 'MM403', HINT = 'Invite them first; they answer with api.accept_invitation().';
  END IF;
  RETURN NEW;
END `,
  comment: 'Keeps merchants from keeping documents of people who do not work for them. What is kept stays when they leave.',
})
