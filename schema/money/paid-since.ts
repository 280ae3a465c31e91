import { boolean, sql, timestamptz, uuid } from 'pgintent'
import { definer } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger, momoOwner } from '../roles.ts'
import { uuidv7Floor } from '../uuid.ts'

export const paidSince = definer(app, 'paid_since', {
  owner: momoLedger,
  args: { merchant_id: uuid(), customer_id: uuid(), since: timestamptz() },
  returns: boolean(),
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  RETURN EXISTS (SELECT FROM app.transactions t
                 WHERE t.merchant_id = paid_since.merchant_id AND t.customer_id = paid_since.customer_id AND t.id >= ${uuidv7Floor}(paid_since.since));
END `,
  comment: 'Whether a customer has a transaction from a moment on. For retention: momo_owner itself sees no transactions.',
  grants: [{ to: momoOwner, privileges: ['execute'] }],
})
