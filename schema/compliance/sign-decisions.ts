import { sql } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'

// Who decides in compliance is a session user, which nobody can pretend to be: its people log in as roles of their own that are
// members of momo_compliance. They are no users of the app, so there is no row to refer to. What they say of themselves is not taken.

export const signHold = internal(app, 'sign_hold', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  IF TG_OP = 'INSERT' THEN
    NEW.placed_by := session_user;
    NEW.released_by := CASE WHEN NEW.released_at IS NOT NULL THEN session_user END;
    RETURN NEW;
  END IF;
  NEW.placed_by := OLD.placed_by;
  NEW.released_by := OLD.released_by;
  IF NEW.released_at IS DISTINCT FROM OLD.released_at THEN
    IF OLD.released_at IS NOT NULL THEN
      RAISE EXCEPTION 'legal hold % was lifted on %', OLD.id, OLD.released_at USING ERRCODE = 'MM403', HINT = 'Place a new one.';
    END IF;
    NEW.released_at := now();
    NEW.released_by := session_user;
  END IF;
  RETURN NEW;
END `,
  comment: 'Writes down who places a legal hold and who lifts it, and when: the session user, whatever the statement says. A hold is lifted once.',
})

export const signReview = internal(app, 'sign_review', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  IF NEW.review_status = 'pending' THEN
    NEW.reviewed_by := NULL;
    NEW.reviewed_at := NULL;
  ELSIF TG_OP = 'INSERT' OR NEW.review_status <> OLD.review_status THEN
    NEW.reviewed_by := session_user;
    NEW.reviewed_at := now();
  ELSE
    NEW.reviewed_by := OLD.reviewed_by;
    NEW.reviewed_at := OLD.reviewed_at;
  END IF;
  RETURN NEW;
END `,
  comment: 'Writes down who decides on a document and when: the session user, whatever the statement says.',
})
