import { bigint, desc, sql, table, timestamptz, tstzrange, uuid } from 'pgintent'
import { currencyCode } from '../domains.ts'
import { base, mutable, tenantKey } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, owner, tenantReads } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { backOffice, momoApp, momoLedger, momoWorker } from '../roles.ts'
import { settlementStatus } from '../values.ts'
import { accounts } from './accounts.ts'
import { transactions } from './transactions.ts'

export const settlements = table(app, 'settlements', {
  classification: 'internal',
  retention: 'R1',
  comment: 'What a merchant took in a period, less fees and refunds, and when it was paid out. No moment of an account is settled twice.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    account_id: uuid().notNull().comment('The account it is about'),
    currency: currencyCode().notNull().comment('That of the account'),
    period: tstzrange().notNull().comment('From when, inclusive, to when, exclusive'),
    gross_minor: bigint().notNull().classify('financial').comment('What came in, minor units'),
    fee_minor: bigint().notNull().classify('financial').comment('What it cost'),
    refund_minor: bigint().notNull().classify('financial').comment('What was given back'),
    net_minor: bigint().notNull().classify('financial').comment('What is left'),
    status: settlementStatus().notNull().default('open').comment('A closed one does not change any more, it is only paid'),
    closed_at: timestamptz().comment('When it was closed'),
    transaction_id: uuid().comment('The payout that paid the last of it'),
    ...mutable,
  },
  primaryKey: ['id'],
  checks: {
    settlements_net_check: (c) => sql`${c.net_minor} = ${c.gross_minor} - ${c.fee_minor} - ${c.refund_minor}`,
    settlements_amounts_check: (c) => sql`${c.gross_minor} >= 0 and ${c.fee_minor} >= 0 and ${c.refund_minor} >= 0`,
    settlements_period_check: (c) => sql`not isempty(${c.period}) and lower_inc(${c.period}) and not upper_inc(${c.period}) and not upper_inf(${c.period})`,
    settlements_closed_check: (c) => sql`(${c.status} = 'open') = (${c.closed_at} is null)`,
  },
  unique: { settlements_merchant_id_id_key: tenantKey },
  // Equality inside a GiST index would need btree_gist. A range that holds only the hash of the account does the same without an
  // extension: two accounts with one hash, one in 2^64, would be refused and never let through.
  exclude: {
    settlements_no_overlap: {
      using: 'gist',
      on: [
        [sql`int8range(uuid_hash_extended(account_id, 0), uuid_hash_extended(account_id, 0), '[]')`, '&&'],
        ['period', '&&'],
      ],
    },
  },
  foreignKeys: [
    { columns: ['merchant_id', 'account_id'], references: accounts.key('merchant_id', 'id') },
    { columns: ['account_id', 'currency'], references: accounts.key('id', 'currency') },
    { columns: ['merchant_id', 'transaction_id'], references: transactions.key('merchant_id', 'id') },
  ],
  indexes: {
    settlements_list: { on: ['merchant_id', 'account_id', desc('id')], comment: "Serves the merchant's settlements, newest first, and the foreign key" },
    settlements_account: { on: ['account_id', 'currency'], comment: 'Serves the foreign key' },
    settlements_transaction: {
      on: ['merchant_id', 'transaction_id'],
      where: (c) => sql`${c.transaction_id} is not null`,
      comment: 'Serves: what did this transaction settle, and the foreign key',
    },
    settlements_unpaid: { on: ['status', 'id'], where: (c) => sql`${c.status} in ('open', 'closed')`, comment: 'Serves the worker: what is to be closed, what is to be paid' },
  },
  rowSecurity: { force: true, policies: { tenant: tenantReads(), back_office: allRows([momoWorker, ...backOffice], 'select'), ...ledger, ...owner, ...migrations } },
  grants: [
    { to: [momoApp, momoWorker, momoLedger, ...backOffice], privileges: ['select'] },
    { to: momoLedger, privileges: ['insert'] },
    { to: momoLedger, privileges: ['update'], columns: ['status', 'transaction_id'] },
  ],
})
guard(settlements, { audit: 'full' })
