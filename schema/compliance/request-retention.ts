import { sql, timestamptz, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { retentionDue } from '../ops/retention-due.ts'
import { momoCompliance } from '../roles.ts'

// Who asks and who agrees are session users, which nobody can pretend to be: the people of compliance log in as roles of their
// own that are members of momo_compliance. A login they shared could not approve what it asked for.

export const requestRetention = definer(api, 'request_retention', {
  args: { cutoff: timestamptz().default(sql`now()`) },
  returns: uuid(),
  language: 'plpgsql',
  body: sql`
DECLARE run uuid;
BEGIN
  IF request_retention.cutoff IS NULL OR request_retention.cutoff > now() THEN
    RAISE EXCEPTION 'a cutoff in the future would take what is not due' USING ERRCODE = 'MM422', HINT = 'Leave it out, or give an earlier moment.';
  END IF;
  INSERT INTO app.retention_runs (requested_by, cutoff, dry_run)
  SELECT session_user, request_retention.cutoff,
         coalesce(string_agg(format('%s %s %s: %s due, %s held (%s)', d.class, d.table_name, coalesce(d.country, '-'), d.due, d.held, d.how), E'\n'), 'nothing is due')
  FROM ${retentionDue(sql`request_retention.cutoff`)} d
  RETURNING id INTO run;
  RETURN run;
END `,
  comment: 'Asks for what is due at a moment to be deleted and erased; returns the id of the run, which holds what a dry run finds. Nothing happens until another approves it.',
  grants: [{ to: momoCompliance, privileges: ['execute'] }],
})

export const approveRetention = definer(api, 'approve_retention', {
  args: { run_id: uuid() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
DECLARE run app.retention_runs;
BEGIN
  SELECT * INTO run FROM app.retention_runs r WHERE r.id = approve_retention.run_id FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no retention run %', run_id USING ERRCODE = 'MM404';
  ELSIF run.requested_by = session_user THEN
    RAISE EXCEPTION 'who asked for a retention run does not approve it' USING ERRCODE = 'MM403', HINT = 'Another person of compliance does.';
  ELSIF run.approved_at IS NOT NULL THEN
    RAISE EXCEPTION 'retention run % was approved by %', run.id, run.approved_by USING ERRCODE = 'MM403';
  END IF;
  UPDATE app.retention_runs r SET approved_by = session_user, approved_at = now() WHERE r.id = run.id;
END `,
  comment: 'Agrees to a retention run that another asked for. Then ops.apply_retention(false, run_id) carries it out.',
  grants: [{ to: momoCompliance, privileges: ['execute'] }],
})
