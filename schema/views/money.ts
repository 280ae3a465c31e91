import { sql, sqlText, view, type ViewSpec } from 'pgintent'
import { accounts } from '../money/accounts.ts'
import { currencies } from '../money/currencies.ts'
import { ledgerEntries } from '../money/ledger.ts'
import { transactions } from '../money/transactions.ts'
import { api } from '../namespaces.ts'
import { backOffice, momoApp, momoAuditor } from '../roles.ts'

// Each reads with the rights of who asks, so that row security and column grants bind them; and no condition of theirs is
// looked at before the policies are.

const asAsked = { securityInvoker: true, securityBarrier: true } satisfies Partial<ViewSpec>

/** A number of which only the last digits are known. */
const masked = (column: string) => sqlText(`'••• ' || t.${column}`)

export const transactionsMasked = view(api, 'v_transactions_masked', {
  ...asAsked,
  as: sql`
    select t.id, t.merchant_id, t.outlet_id, t.customer_id, t.type, t.status, t.direction, t.amount_minor, t.fee_minor, t.currency,
           ${masked('payer_last4')} as payer, ${masked('payee_last4')} as payee,
           t.provider_status, t.failure_reason, t.is_offline, t.created_at, t.submitted_at, t.completed_at
    from ${transactions} t
    where t.deleted_at is null`,
  comment: 'Transactions without anything that tells who paid or was paid.',
  grants: [{ to: [momoApp, ...backOffice], privileges: ['select'] }],
})

export const accountBalances = view(api, 'v_account_balances', {
  ...asAsked,
  as: sql`
    select a.id as account_id, a.merchant_id, a.kind, a.currency, c.exponent, a.balance_minor, a.held_minor,
           a.balance_minor - a.held_minor as available_minor, a.status, a.version, a.updated_at
    from ${accounts} a join ${currencies} c on c.code = a.currency`,
  comment: 'What is there, what is promised, and what is left of it.',
  grants: [{ to: [momoApp, ...backOffice], privileges: ['select'] }],
})

export const accountStatement = view(api, 'v_account_statement', {
  ...asAsked,
  as: sql`
    select e.account_id, e.id as entry_id, e.merchant_id, e.transaction_id, t.type, t.reference, e.currency, e.amount_minor, e.balance_after_minor, e.posted_at
    from ${ledgerEntries} e left join ${transactions} t on t.id = e.transaction_id`,
  comment: 'Entries with the balance after each; the balance is stored, so a page costs no more than its rows.',
  grants: [{ to: momoApp, privileges: ['select'] }],
})

export const trialBalance = view(api, 'v_trial_balance', {
  ...asAsked,
  as: sql`
    select a.currency, a.kind, a.normal_side, count(*) as accounts, sum(case a.normal_side when 'debit' then a.balance_minor else -a.balance_minor end) as balance_minor
    from ${accounts} a
    group by a.currency, a.kind, a.normal_side`,
  comment: 'Balances by currency and kind, debits positive and credits negative. Over all kinds each currency comes to zero.',
  grants: [{ to: momoAuditor, privileges: ['select'] }],
})
