import { sql, sqlText, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'

/** What payouts that are `among` take from the settlement `of`: amounts and their fees, as both leave its account. */
export const takenFromSettlement = (of: string, among: string) =>
  sqlText(`(SELECT coalesce(sum(p.amount_minor + p.fee_minor), 0) FROM app.payouts p
            WHERE p.merchant_id = ${of}.merchant_id AND p.settlement_id = ${of}.id AND ${among})`)

export const paySettlement = internal(app, 'pay_settlement', {
  owner: momoLedger,
  args: { merchant_id: uuid(), transaction_id: uuid() },
  returns: 'void',
  language: 'plpgsql',
  body: sql`
#variable_conflict use_column
DECLARE settlement record;
BEGIN
  -- Two payouts of one settlement wait for each other, so that the last of them finds the other.
  SELECT s.id, s.merchant_id, s.net_minor INTO settlement FROM app.settlements s
  WHERE s.merchant_id = pay_settlement.merchant_id AND s.status = 'closed'
    AND s.id = (SELECT p.settlement_id FROM app.payouts p
                WHERE p.merchant_id = pay_settlement.merchant_id AND p.transaction_id = pay_settlement.transaction_id)
  FOR NO KEY UPDATE;
  IF FOUND AND ${takenFromSettlement('settlement', `p.status = 'successful'`)} >= settlement.net_minor THEN
    UPDATE app.settlements s SET status = 'paid', transaction_id = pay_settlement.transaction_id
    WHERE s.merchant_id = settlement.merchant_id AND s.id = settlement.id;
  END IF;
END `,
  comment: 'A settlement is paid when its payouts and their fees are its net amount; transaction_id is then the last of them.',
})
