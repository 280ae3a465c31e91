import { bigint, boolean, sql, text, uuid, type SqlText } from 'pgintent'
import { keptTables, someDue, type Kept } from '../compliance/kept-tables.ts'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { customers } from '../people/customers.ts'
import { momoRetention } from '../roles.ts'
import { eraseCustomer } from './erase-customer.ts'
import { eraseUser } from './erase-user.ts'
import { retentionDue } from './retention-due.ts'

/** What one call does to a table and country at most: a long transaction would hold back sync for every phone. */
const batch = { delete: 10_000, erase: 200 }

const deletion = (k: Kept): SqlText => sql`
        DELETE FROM ${k.table} WHERE id IN (${someDue(k, batch.delete)});
        GET DIAGNOSTICS done = ROW_COUNT;
        tried := done;`

/** A row that the erasure refuses, for a hold that only it sees, is passed over. */
const erasure = (k: Kept): SqlText => sql`
        FOR one IN ${someDue(k, batch.erase)} LOOP
          tried := tried + 1;
          BEGIN
            PERFORM ${(k.table === customers ? eraseCustomer : eraseUser)(sql`one.id`, sql`'retention ' || line.class`)};
            done := done + 1;
          EXCEPTION WHEN SQLSTATE 'MM422' OR SQLSTATE 'MM423' THEN
            held := held + 1;
          END;
        END LOOP;`

const acts = keptTables.filter((k) => k.how !== 'report').map((k) => sql`
      WHEN ${k.table.ref.text} THEN${k.how === 'delete' ? deletion(k) : erasure(k)}`) // prettier-ignore

export const applyRetention = definer(ops, 'apply_retention', {
  args: { dry_run: boolean().default(true), run_id: uuid().default(sql`NULL::uuid`) },
  returns: {
    table: { class: text(), table_name: text(), country: text(), action: text(), how: text(), due: bigint(), held: bigint(), done: bigint() },
  },
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  run app.retention_runs;
  cutoff timestamptz := now();
  line record;
  one record;
  tried bigint;
  remaining bigint := 0;
  total bigint := 0;
BEGIN
  IF run_id IS NOT NULL THEN
    SELECT * INTO run FROM app.retention_runs x WHERE x.id = run_id FOR UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'there is no retention run %', run_id USING ERRCODE = 'MM404', HINT = 'api.request_retention() makes one.';
    END IF;
    cutoff := run.cutoff;
  END IF;
  IF NOT coalesce(dry_run, true) THEN
    IF run.id IS NULL THEN
      RAISE EXCEPTION 'only a run that two people agreed on is carried out' USING ERRCODE = 'MM403', HINT = 'Give the run_id of api.request_retention().';
    ELSIF run.approved_at IS NULL THEN
      RAISE EXCEPTION 'retention run % is not approved', run.id USING ERRCODE = 'MM403', HINT = 'Another than who asked for it calls api.approve_retention().';
    ELSIF run.executed_at IS NOT NULL THEN
      RAISE EXCEPTION 'retention run % was carried out on %', run.id, run.executed_at USING ERRCODE = 'MM403', HINT = 'Ask for a new one.';
    END IF;
  END IF;
  FOR line IN SELECT * FROM ${retentionDue(sql`cutoff`)} LOOP
    class := line.class;
    table_name := line.table_name;
    country := line.country;
    action := line.action;
    how := line.how;
    due := line.due;
    held := line.held;
    done := 0;
    tried := 0;
    IF NOT coalesce(dry_run, true) AND line.due > 0 THEN
      CASE line.table_name${acts.reduce((a, b) => sql`${a}${b}`)}
      ELSE
        tried := line.due; -- what the command or a person does
      END CASE;
      remaining := remaining + greatest(line.due - tried, 0);
      total := total + done;
    END IF;
    RETURN NEXT;
  END LOOP;
  IF NOT coalesce(dry_run, true) THEN
    UPDATE app.retention_runs x
    SET executed_at = CASE WHEN remaining = 0 THEN now() END, outcome = concat_ws('; ', x.outcome, format('%s: %s done, %s left', now()::timestamptz(0), total, remaining))
    WHERE x.id = run.id;
  END IF;
END `,
  comment:
    'Does what ops.retention_due() reports: deletes, and erases customers and users. A dry run by default, which changes nothing. In earnest it needs a run that another person approved (api.request_retention, api.approve_retention), counts ages back from its cutoff, and does at most 10,000 deletions and 200 erasures for each table and country: call it until done is due everywhere, then the run is over and is not carried out again. What a hold protects, it leaves. Months of partitioned tables are for "schema partitions retire".',
  grants: [{ to: momoRetention, privileges: ['execute'] }],
})
