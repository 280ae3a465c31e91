import type { Connection } from '../../../src/db/index.ts'

/** What a month came to, in words that do not depend on ids or on the order: two ledgers are the same when these are equal. */
export interface Ledger {
  /** By kind of account; the shards of the system's accounts, which the ids choose, together. */
  readonly balances: readonly { readonly kind: string; readonly currency: string; readonly balance: number; readonly held: number }[]
  /** One for each transaction that was asked for, by its idempotency key. */
  readonly transactions: {
    readonly [key: string]: { readonly type: string; readonly status: string; readonly amount: number; readonly fee: number; readonly legs: readonly string[] }
  }
  /** Transactions without a key, and keys without a transaction. */
  readonly strays: number
}

/** The ledger of a merchant and of the system, by a superuser's session. */
export async function ledgerOf(admin: Connection, merchant: string): Promise<Ledger> {
  const balances = await admin.query<Ledger['balances'][number]>(
    `select kind, currency::text, sum(balance_minor)::bigint as balance, sum(held_minor)::bigint as held from app.accounts
     where merchant_id = $1 or merchant_id is null group by kind, currency order by kind, currency`,
    [merchant],
  )
  const rows = await admin.query<{ key: string; type: string; status: string; amount: number; fee: number; legs: string[] }>(
    `select k.key, t.type, t.status, t.amount_minor::bigint as amount, t.fee_minor as fee,
            array(select a.kind || ' ' || e.amount_minor from app.ledger_entries e join app.accounts a on a.id = e.account_id
                  where e.transaction_id = t.id order by 1) as legs
     from app.idempotency_keys k join app.transactions t on t.id = k.transaction_id
     where k.merchant_id = $1 and k.scope = 'submit_transaction' order by k.key`,
    [merchant],
  )
  const [{ strays }] = (await admin.query<{ strays: number }>(
    `select count(*) as strays from (select id, merchant_id from app.transactions where merchant_id = $1) t
     full join (select transaction_id, merchant_id from app.idempotency_keys where merchant_id = $1 and scope = 'submit_transaction') k on k.transaction_id = t.id
     where t.id is null or k.transaction_id is null`,
    [merchant],
  )) as [{ strays: number }]
  return { balances, transactions: Object.fromEntries(rows.map(({ key, ...rest }) => [key, rest])), strays }
}
