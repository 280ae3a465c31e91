import { bigint, sql, timestamptz, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger, momoOwner } from '../roles.ts'
import { uuidv7Floor } from '../uuid.ts'

// What retention asks of the money tables: momo_owner itself sees neither transactions nor entries.

export const unprovedAccounts = definer(app, 'unproved_accounts', {
  owner: momoLedger,
  args: { from_time: timestamptz(), until_time: timestamptz() },
  returns: bigint(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  RETURN (SELECT count(DISTINCT e.account_id) FROM app.ledger_entries e
          WHERE e.id >= ${uuidv7Floor}(from_time) AND e.id < ${uuidv7Floor}(until_time)
            AND NOT EXISTS (SELECT FROM app.account_checkpoints c WHERE c.account_id = e.account_id AND c.period_end >= until_time));
END `,
  comment: 'How many accounts have entries in a time and no checkpoint at its end or later: without those entries nobody could prove their balance.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})

export const openTransactions = definer(app, 'open_transactions', {
  owner: momoLedger,
  args: { from_time: timestamptz(), until_time: timestamptz() },
  returns: bigint(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  RETURN (SELECT count(*) FROM app.transactions t WHERE t.id >= ${uuidv7Floor}(from_time) AND t.id < ${uuidv7Floor}(until_time) AND t.completed_at IS NULL);
END `,
  comment: 'How many transactions of a time are not over yet.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})

export const forgetRequests = definer(app, 'forget_requests', {
  owner: momoLedger,
  args: { request_ids: uuid().array() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
BEGIN
  UPDATE app.transactions t SET payment_request_id = NULL
  FROM app.payment_requests p WHERE p.id = ANY (request_ids) AND t.merchant_id = p.merchant_id AND t.payment_request_id = p.id;
END `,
  comment: 'Lets go of payment requests that are archived: each refers to what paid it, and was referred to by it.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})
