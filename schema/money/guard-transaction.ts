import { sql } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { app } from '../namespaces.ts'
import { txnTransitions } from '../values.ts'

const steps = Object.entries(txnTransitions).flatMap(([from, to]) => to.map((t) => `${from} to ${t}`))

export const guardTransaction = internal(app, 'guard_transaction', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  IF NEW.status <> OLD.status AND format('%s to %s', OLD.status, NEW.status) <> ALL (ARRAY[${steps}]) THEN
    RAISE EXCEPTION 'a transaction does not go from % to %', OLD.status, NEW.status
      USING ERRCODE = '23514', CONSTRAINT = 'transactions_status_steps', SCHEMA = 'app', TABLE = 'transactions', COLUMN = 'status';
  END IF;
  IF (NEW.id, NEW.merchant_id, NEW.type, NEW.direction, NEW.amount_minor, NEW.currency)
     IS DISTINCT FROM (OLD.id, OLD.merchant_id, OLD.type, OLD.direction, OLD.amount_minor, OLD.currency) THEN
    RAISE EXCEPTION 'what a transaction is about does not change'
      USING ERRCODE = '23514', CONSTRAINT = 'transactions_facts', SCHEMA = 'app', TABLE = 'transactions', HINT = 'Reverse it with a refund or an adjustment.';
  END IF;
  RETURN NEW;
END `,
  comment: 'The state machine of transactions: a status goes only where values.ts says it may, and the facts stay.',
})
