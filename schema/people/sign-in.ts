import { sql, text, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoApp } from '../roles.ts'

export const signIn = definer(api, 'sign_in', {
  args: { auth_subject: text() },
  returns: uuid(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE u app.users;
BEGIN
  IF coalesce(length(sign_in.auth_subject), 0) NOT BETWEEN 1 AND 255 OR sign_in.auth_subject LIKE 'erased:%' THEN
    RAISE EXCEPTION 'this is no name of an identity provider' USING ERRCODE = 'MM422';
  END IF;
  INSERT INTO app.users (auth_subject) VALUES (sign_in.auth_subject) ON CONFLICT (auth_subject) DO NOTHING;
  UPDATE app.users x SET last_login_at = now() WHERE x.auth_subject = sign_in.auth_subject AND x.status = 'active' RETURNING * INTO u;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'this user may not sign in' USING ERRCODE = '42501';
  END IF;
  RETURN u.id;
END `,
  comment:
    'The id of a person whom the identity provider has just proved, made when they are new; before any request, as they may have no merchant yet. The service is trusted to have asked the provider.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
