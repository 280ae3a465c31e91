import { sql, view } from 'pgintent'
import { accounts } from '../money/accounts.ts'
import { ledgerEntries } from '../money/ledger.ts'
import { settlements } from '../money/settlements.ts'
import { transactions } from '../money/transactions.ts'
import { api } from '../namespaces.ts'
import { backOffice, momoApp, momoWorker } from '../roles.ts'
import { uuidv7Floor } from '../uuid.ts'
import { asAsked } from './masking.ts'

export const unsettled = view(api, 'v_unsettled', {
  ...asAsked,
  as: sql`
    select a.merchant_id, a.id as account_id, a.currency, s.since, count(t.id) as transactions,
           coalesce(sum(t.amount_minor) filter (where t.direction = 'in'), 0)::bigint as gross_minor,
           coalesce(sum(t.fee_minor) filter (where t.direction = 'in'), 0)::bigint as fee_minor,
           coalesce(sum(t.amount_minor) filter (where t.type = 'refund'), 0)::bigint as refund_minor,
           min(e.posted_at) as oldest_posted_at
    from ${accounts} a
    cross join lateral (select coalesce(max(upper(x.period)), a.created_at) as since from ${settlements} x
                        where x.merchant_id = a.merchant_id and x.account_id = a.id) s
    left join ${ledgerEntries} e on e.account_id = a.id and e.id >= ${uuidv7Floor}(s.since)
    left join ${transactions} t on t.id = e.transaction_id
    where a.kind = 'merchant_wallet'
    group by a.merchant_id, a.id, a.currency, s.since`,
  comment: 'What came in to each wallet since its last settlement, as ops.close_settlement() would settle it now.',
  grants: [{ to: [momoApp, momoWorker, ...backOffice], privileges: ['select'] }],
})
