import { boolean, sql, table } from 'pgintent'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, owner } from '../lib/policies.ts'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoAuditor, momoLedger, momoMigrator, momoWorker } from '../roles.ts'

const readers = [momoLedger, momoWorker, momoAuditor]

/** One row, written once and for ever: what was sold in a sandbox and what was sold for money are never in one ledger. */
export const deployment = table(ops, 'deployment', {
  classification: 'internal',
  retention: 'reference',
  comment: "Whether this database moves money or plays, one row. Said once, by ops.set_deployment(), before the first transaction; no request chooses the provider's environment.",
  columns: {
    ...base,
    is_live: boolean().notNull().comment('True: money moves. False: every provider is called in its sandbox'),
  },
  primaryKey: ['id'],
  unique: { deployment_one: { on: [sql`(true)`], comment: 'Serves nothing but the rule: a database is one of the two' } },
  rowSecurity: { force: true, policies: { everyone: allRows(readers, 'select'), ...owner, ...migrations } },
  grants: [{ to: readers, privileges: ['select'] }],
})
guard(deployment, { audit: 'full', appendOnly: true })

export const setDeployment = definer(ops, 'set_deployment', {
  args: { is_live: boolean() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
BEGIN
  IF set_deployment.is_live IS NULL THEN
    RAISE EXCEPTION 'is_live is missing' USING ERRCODE = 'MM422', HINT = 'Say true where money moves, false for a sandbox.';
  END IF;
  INSERT INTO ops.deployment (is_live) VALUES (set_deployment.is_live) ON CONFLICT DO NOTHING;
  IF NOT EXISTS (SELECT FROM ops.deployment d WHERE d.is_live = set_deployment.is_live) THEN
    RAISE EXCEPTION 'this database is the other one already' USING ERRCODE = 'MM422', HINT = 'Sandbox and live are two databases: make another one.';
  END IF;
END `,
  comment: 'Says whether this database is live or a sandbox, once and for ever. The same again changes nothing.',
  grants: [{ to: momoMigrator, privileges: ['execute'] }],
})
