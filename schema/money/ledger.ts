import { bigint, desc, smallint, sql, table, timestamptz, uuid } from 'pgintent'
import { currencyCode } from '../domains.ts'
import { base } from '../lib/columns.ts'
import { always, guard } from '../lib/guard.ts'
import { byMonth, insertOnly } from '../lib/partitions.ts'
import { allRows, ledger, migrations, tenantReads } from '../lib/policies.ts'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { backOffice, momoApp, momoLedger, momoWorker } from '../roles.ts'
import { accounts } from './accounts.ts'
import { transactions } from './transactions.ts'

const checkJournal = definer(app, 'check_journal', {
  owner: momoLedger,
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
DECLARE wrong record;
BEGIN
  SELECT e.transaction_id, e.currency::text AS currency, sum(e.amount_minor) AS difference, count(*) AS legs INTO wrong
  FROM posted e GROUP BY e.transaction_id, e.currency HAVING sum(e.amount_minor) <> 0 OR count(*) < 2 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the journal of transaction % does not balance: % legs in %, difference %', wrong.transaction_id, wrong.legs, wrong.currency, wrong.difference
      USING ERRCODE = '23514', CONSTRAINT = 'ledger_entries_balanced', SCHEMA = 'app', TABLE = 'ledger_entries', HINT = 'Insert all legs with one statement.';
  END IF;
  SELECT e.id INTO wrong FROM posted e JOIN app.accounts a ON a.id = e.account_id WHERE a.merchant_id IS DISTINCT FROM e.merchant_id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'ledger entry % does not name the merchant of its account', wrong.id
      USING ERRCODE = '23514', CONSTRAINT = 'ledger_entries_merchant', SCHEMA = 'app', TABLE = 'ledger_entries';
  END IF;
  RETURN NULL;
END `,
  comment: 'For each transaction and currency the legs of one statement add up to zero, and each names the merchant of its account.',
})

export const ledgerEntries = table(app, 'ledger_entries', {
  classification: 'internal',
  retention: 'R1',
  comment: 'Double entry, append-only: what each transaction did to each account. All legs of a journal come in one INSERT, which is checked as a whole.',
  columns: {
    ...base,
    merchant_id: uuid().comment('The merchant of the account, for row security; NULL for an account of the system'),
    transaction_id: uuid().notNull().comment('What caused it'),
    account_id: uuid().notNull().comment('Whose balance it changed'),
    currency: currencyCode().notNull().comment('That of the account'),
    amount_minor: bigint().notNull().classify('financial').comment('Debits are positive, credits negative'),
    balance_after_minor: bigint().notNull().classify('financial').comment('The balance of the account after it, on its normal side'),
    account_version: bigint().notNull().comment('The version of the account after it. Taken under the row lock, so without gaps'),
    entry_seq: smallint().notNull().comment('Its place in the journal'),
    posted_at: timestamptz()
      .notNull()
      .default(sql`clock_timestamp()`)
      .comment('When it was written'),
  },
  primaryKey: ['id'],
  checks: { ledger_entries_amount_check: (c) => sql`${c.amount_minor} <> 0` },
  foreignKeys: [
    { columns: ['transaction_id'], references: transactions },
    { columns: ['account_id', 'currency'], references: accounts.key('id', 'currency') },
  ],
  indexes: {
    entries_transaction: { on: ['transaction_id', 'entry_seq'], comment: 'Serves Q2: the legs of one transaction' },
    // The policy asks for the merchant too. Taken as independent of the account, the two promise so few rows that sorting all of
    // a busy account's looks cheaper than reading this index in its order; with both in front of it, nothing is left to guess.
    entries_statement: {
      on: ['account_id', 'merchant_id', desc('id')],
      include: ['amount_minor', 'balance_after_minor'],
      comment: 'Serves Q10: the statement of an account, newest first, and Q13 closing a settlement',
    },
    entries_version: { on: ['account_id', 'currency', 'account_version'], comment: 'Serves the check for gaps, and the foreign key' },
  },
  triggers: {
    // A trigger for each row would cost a third of the throughput; this one sees the whole statement.
    y0_balanced: { timing: 'after', events: ['insert'], newTable: 'posted', function: checkJournal, ...always },
  },
  partitionBy: byMonth(insertOnly),
  rowSecurity: { force: true, policies: { tenant: tenantReads(), back_office: allRows([momoWorker, ...backOffice], 'select'), ...ledger, ...migrations } },
  grants: [
    { to: [momoApp, momoWorker, momoLedger, ...backOffice], privileges: ['select'] },
    { to: momoLedger, privileges: ['insert'] },
  ],
})
guard(ledgerEntries, { audit: 'ref', appendOnly: true })
