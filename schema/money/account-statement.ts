import { bigint, integer, smallint, sql, timestamptz, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { api } from '../namespaces.ts'
import { momoApp } from '../roles.ts'

/**
 * A prepared statement's generic plan is made for an average account, which has fewer entries than a page: it sorts all of them,
 * and for the largest merchant that are a million. Without sorting there is only the index, which is in the right order.
 */
export const accountStatementPage = internal(api, 'account_statement', {
  args: { account_id: uuid(), before: uuid().default(sql`'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid`), page: integer().default(100) },
  returns: {
    table: {
      entry_id: uuid(), transaction_id: uuid(), amount_minor: bigint(), balance_after_minor: bigint(), entry_seq: smallint(), posted_at: timestamptz(),
    },
  }, // prettier-ignore
  language: 'plpgsql',
  volatility: 'stable',
  settings: { search_path: ['pg_catalog', 'pg_temp'], enable_sort: false },
  body: sql`
BEGIN
  IF page IS NULL OR page NOT BETWEEN 1 AND 500 THEN
    RAISE EXCEPTION 'a page has no % entries', coalesce(page::text, 'unknown number of') USING ERRCODE = 'MM422', HINT = 'Give 1 to 500.';
  END IF;
  RETURN QUERY
    SELECT e.id, e.transaction_id, e.amount_minor, e.balance_after_minor, e.entry_seq, e.posted_at FROM app.ledger_entries e
    WHERE e.account_id = account_statement.account_id AND e.id < before ORDER BY e.id DESC LIMIT page;
END `,
  comment:
    'A page of the statement of an account, newest first, with the balance after each entry; the next page is before the last entry_id. Serves Q10, with the rights of who asks.',
  grants: [{ to: momoApp, privileges: ['execute'] }],
})
