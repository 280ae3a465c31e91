import { sqlText } from 'pgintent'

/**
 * What a payment begins with: the lock of whoever writes transactions. Then no payment holds another table while it comes for this one, so
 * that DDL which locks this one first (ops.lock_connected) lets those under way finish and is waited for by those that hold nothing.
 */
export const transactionsFirst = sqlText('LOCK TABLE ONLY app.transactions IN ROW EXCLUSIVE MODE')
