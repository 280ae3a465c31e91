import { sql, sqlText, timestamptz, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { ops } from '../namespaces.ts'
import { momoLedger, momoRetention, momoWorker } from '../roles.ts'
import { uuidv7Floor } from '../uuid.ts'

/** Asked with the merchant of the account, as the index has it. */
const lastEntry = (ofMerchant: string) => sql`
    SELECT e.id, e.balance_after_minor AS balance, e.account_version AS version INTO standing FROM app.ledger_entries e
    WHERE e.account_id = write_checkpoint.account_id AND ${sqlText(ofMerchant)} AND e.id < ${uuidv7Floor}(write_checkpoint.period_end)
    ORDER BY e.id DESC LIMIT 1;`

/**
 * The account is locked first: entries are only written under that lock, so after it none with an earlier id can still appear.
 */
export const writeCheckpoint = definer(ops, 'write_checkpoint', {
  owner: momoLedger,
  args: { account_id: uuid(), period_end: timestamptz() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE
  merchant uuid;
  standing record;
BEGIN
  SELECT a.merchant_id INTO merchant FROM app.accounts a WHERE a.id = write_checkpoint.account_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there is no account %', write_checkpoint.account_id USING ERRCODE = 'MM404', HINT = 'Give an account.';
  ELSIF write_checkpoint.period_end > clock_timestamp() OR write_checkpoint.period_end <> date_trunc('milliseconds', write_checkpoint.period_end) THEN
    RAISE EXCEPTION 'a checkpoint is not at %', write_checkpoint.period_end
      USING ERRCODE = 'MM422', HINT = 'Give a moment of the past, in whole milliseconds as ids are.';
  END IF;
  IF merchant IS NULL THEN${lastEntry('e.merchant_id IS NULL')}
  ELSE${lastEntry('e.merchant_id = merchant')}
  END IF;
  IF NOT FOUND THEN
    -- No entry, or those from before the last checkpoint are archived.
    SELECT c.last_entry_id AS id, c.balance_minor AS balance, c.account_version AS version INTO standing FROM app.account_checkpoints c
    WHERE c.account_id = write_checkpoint.account_id AND c.period_end <= write_checkpoint.period_end
    ORDER BY c.period_end DESC LIMIT 1;
  END IF;
  INSERT INTO app.account_checkpoints (merchant_id, account_id, period_end, balance_minor, account_version, last_entry_id)
  VALUES (merchant, write_checkpoint.account_id, write_checkpoint.period_end, coalesce(standing.balance, 0), coalesce(standing.version, 0), standing.id)
  ON CONFLICT (account_id, period_end) DO NOTHING;
END `,
  comment: 'Keeps what an account held at a moment, so that entries from before it may be archived. Once for each moment.',
  grants: [{ to: [momoWorker, momoRetention], privileges: ['execute'] }],
})
