import { integer, sql } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoLedger, momoWorker } from '../roles.ts'
import { transactionsFirst } from './transactions-first.ts'

export const startDuePayouts = definer(ops, 'start_due_payouts', {
  owner: momoLedger,
  args: { most: integer() },
  returns: integer(),
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  due record;
  started int := 0;
BEGIN
  ${transactionsFirst};
  FOR due IN
    SELECT p.id, p.transaction_id FROM app.payouts p
    WHERE p.status = 'scheduled' AND p.scheduled_for <= now() ORDER BY p.scheduled_for LIMIT start_due_payouts.most
  LOOP
    PERFORM FROM app.transactions t WHERE t.id = due.transaction_id AND t.status = 'queued' FOR NO KEY UPDATE SKIP LOCKED;
    CONTINUE WHEN NOT FOUND;
    UPDATE app.transactions t SET status = 'pending' WHERE t.id = due.transaction_id;
    UPDATE app.payouts p SET status = 'pending' WHERE p.id = due.id;
    started := started + 1;
  END LOOP;
  RETURN started;
END `,
  comment: 'Hands payouts that are due to the provider: their transactions become pending. The result is how many; those somebody works on are left for the next time.',
  grants: [{ to: momoWorker, privileges: ['execute'] }],
})
