import { sql, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'
import { uuidv7At } from '../uuid.ts'
import { leg } from './leg.ts'

/**
 * In: a transaction, its legs, and how much of what accounts held for it is released. Everybody locks accounts in the order of
 * their ids, so two journals never wait for each other; a released hold is part of the same change, so that the order holds.
 * Refuses what does not balance (23514), an account that is closed or in another currency (MM422), missing funds (MM402) and a sum
 * that bigint cannot hold (22003). A frozen account is posted to: what is posted has moved, and what may begin is refused elsewhere.
 */
export const postJournal = definer(app, 'post_journal', {
  owner: momoLedger,
  args: {
    transaction_id: uuid(),
    legs: leg().array(),
    released: leg()
      .array()
      .default(sql`'{}'::app.leg[]`),
  },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  of_transaction text;
  wanted uuid[];
  account record;
  changed int := 0;
  moment timestamptz;
BEGIN
  SELECT t.currency INTO of_transaction FROM app.transactions t WHERE t.id = post_journal.transaction_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no transaction %', post_journal.transaction_id
      USING ERRCODE = 'MM404', HINT = 'Insert the transaction before its journal.';
  END IF;
  SELECT array_agg(DISTINCT l.account_id) INTO wanted FROM unnest(post_journal.legs || post_journal.released) l;

  FOR account IN
    SELECT a.id, a.status, a.currency FROM app.accounts a WHERE a.id = ANY (wanted) ORDER BY a.id FOR NO KEY UPDATE
  LOOP
    changed := changed + 1;
    IF account.status = 'closed' THEN
      RAISE EXCEPTION 'account % is closed', account.id USING ERRCODE = 'MM422', HINT = 'Nothing is posted to it any more.';
    ELSIF account.currency <> of_transaction THEN
      RAISE EXCEPTION 'account % is in %, the transaction in %', account.id, account.currency, of_transaction
        USING ERRCODE = 'MM422', HINT = 'Post to an account in the currency of the transaction.';
    END IF;
  END LOOP;
  IF changed IS DISTINCT FROM cardinality(wanted) THEN
    RAISE EXCEPTION 'the journal of transaction % names an account that is not there', post_journal.transaction_id
      USING ERRCODE = 'MM404', HINT = 'Open accounts with ops.open_accounts() and ops.open_system_accounts().';
  END IF;

  UPDATE app.accounts a
  SET balance_minor = a.balance_minor + c.growth * c.amount, version = a.version + c.entries, held_minor = a.held_minor - c.released
  FROM (
    SELECT b.id, CASE b.normal_side WHEN 'debit' THEN 1 ELSE -1 END AS growth,
           (SELECT coalesce(sum(l.amount_minor), 0)::bigint FROM unnest(post_journal.legs) l WHERE l.account_id = b.id) AS amount,
           (SELECT count(*) FROM unnest(post_journal.legs) l WHERE l.account_id = b.id) AS entries,
           (SELECT coalesce(sum(r.amount_minor), 0)::bigint FROM unnest(post_journal.released) r WHERE r.account_id = b.id) AS released
    FROM app.accounts b WHERE b.id = ANY (wanted)
  ) c
  WHERE a.id = c.id AND (a.allow_negative OR a.balance_minor + c.growth * c.amount >= a.held_minor - c.released);
  GET DIAGNOSTICS changed = ROW_COUNT;
  IF changed <> cardinality(wanted) THEN
    RAISE EXCEPTION 'an account holds less than transaction % takes', post_journal.transaction_id
      USING ERRCODE = 'MM402', HINT = 'Wait until there is money, or move less.';
  END IF;

  -- One moment for all legs, so that they lie in one month; their order is in the bits after it. Taken under the locks: later journals
  -- of an account have later ids.
  moment := clock_timestamp();
  -- The balances are those after all legs: each entry has what the later ones on its account take back from it.
  INSERT INTO app.ledger_entries (id, posted_at, merchant_id, transaction_id, account_id, currency, amount_minor, balance_after_minor,
                                  account_version, entry_seq)
  SELECT encode(set_byte(uuid_send(${uuidv7At}(moment)), 8, 128 | least(l.seq, 63)::int), 'hex')::uuid, moment,
         a.merchant_id, post_journal.transaction_id, a.id, a.currency, l.amount_minor,
         a.balance_minor - CASE a.normal_side WHEN 'debit' THEN 1 ELSE -1 END * coalesce(sum(l.amount_minor) OVER later, 0),
         a.version - count(*) OVER later, l.seq
  FROM unnest(post_journal.legs) WITH ORDINALITY AS l (account_id, amount_minor, seq) JOIN app.accounts a ON a.id = l.account_id
  WHERE a.id = ANY (wanted)
  WINDOW later AS (PARTITION BY a.id ORDER BY l.seq ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING)
  ORDER BY l.seq;
END `,
  comment: 'Posts the journal of a transaction: locks its accounts by id, changes their balances, inserts all legs at once. Debits positive, credits negative.',
  grants: [{ to: momoLedger, privileges: ['execute'] }],
})
