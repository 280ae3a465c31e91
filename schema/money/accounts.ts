import { bigint, boolean, smallint, sql, table, text, timestamptz, uuid } from 'pgintent'
import { currencyCode } from '../domains.ts'
import { base, mutable, tenantKey } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, owner, tenantReads } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { merchants } from '../people/merchants.ts'
import { backOffice, momoApp, momoLedger, momoWorker } from '../roles.ts'
import { accountKind, accountStatus, normalSide } from '../values.ts'
import { currencies } from './currencies.ts'

export const accounts = table(app, 'accounts', {
  classification: 'internal',
  retention: 'R1',
  comment: 'Where money stands. The balance is kept here and proved by the ledger; only the posting functions write it.',
  columns: {
    ...base,
    merchant_id: uuid().comment('The tenant; NULL for an account of the system'),
    kind: accountKind().notNull().comment('What it is for'),
    currency: currencyCode().notNull().comment('What it is in; never changes'),
    normal_side: normalSide().notNull().comment('The side that makes it grow'),
    balance_minor: bigint().notNull().default(0).classify('financial').comment('The sum of its entries, counted on its normal side: what a wallet holds is positive'),
    held_minor: bigint().notNull().default(0).classify('financial').comment('What is promised to transactions that are pending'),
    allow_negative: boolean().notNull().default(false).comment('Whether it may go below zero, as a float does'),
    version: bigint().notNull().default(0).comment('Goes up by one with every entry'),
    shard: smallint().notNull().default(0).comment('Busy system accounts are split in 16, so that their rows are not fought over'),
    status: accountStatus().notNull().default('open').comment('Nothing begins on a frozen account, and what had begun is settled; a closed one is empty and stays so'),
    name: text().comment('To show'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: {
    accounts_one_of_a_kind: { comment: 'Serves Q14, the balance, and finds the account to post to', on: ['merchant_id', 'kind', 'currency', 'shard'], nullsNotDistinct: true },
    accounts_merchant_id_id_key: tenantKey,
    accounts_id_currency_key: { on: ['id', 'currency'], comment: 'What ledger entries refer to, so that an entry is in the currency of its account' },
  },
  checks: {
    accounts_closed_check: (c) => sql`${c.status} <> 'closed' or (${c.balance_minor} = 0 and ${c.held_minor} = 0)`,
    accounts_held_check: (c) => sql`${c.held_minor} >= 0`,
    accounts_floor_check: (c) => sql`${c.allow_negative} or ${c.balance_minor} - ${c.held_minor} >= 0`,
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['currency'], references: currencies.key('code') },
  ],
  indexes: {
    accounts_currency: { on: ['currency'], comment: 'Serves the trial balance, currency by currency' },
  },
  // Balances change all the time and are in no index: with room in the page every change stays a HOT update.
  options: { fillfactor: 70 },
  rowSecurity: { force: true, policies: { tenant: tenantReads(), back_office: allRows([momoWorker, ...backOffice], 'select'), ...ledger, ...owner, ...migrations } },
  grants: [
    { to: [momoApp, momoLedger, momoWorker, ...backOffice], privileges: ['select'] },
    { to: momoLedger, privileges: ['update'], columns: ['balance_minor', 'held_minor', 'version'] },
  ],
})
guard(accounts, { audit: 'diff' })

export const accountCheckpoints = table(app, 'account_checkpoints', {
  classification: 'internal',
  retention: 'R1',
  comment: 'What an account held when a period ended. Entries from before may then be archived, and the balance can still be proved. Append-only.',
  columns: {
    ...base,
    merchant_id: uuid().comment('The merchant of the account; NULL for an account of the system'),
    account_id: uuid().notNull().comment('The account'),
    period_end: timestamptz().notNull().comment('It covers the entries whose id is of before this moment'),
    balance_minor: bigint().notNull().classify('financial').comment('The balance then, on the normal side'),
    account_version: bigint().notNull().comment('The version of the account then: the number of its entries'),
    last_entry_id: uuid().comment('The last entry it covers; NULL when there is none'),
  },
  primaryKey: ['id'],
  unique: { account_checkpoints_period_key: { on: ['account_id', 'period_end'], comment: 'Serves verification: the latest checkpoint of an account' } },
  foreignKeys: [{ columns: ['account_id'], references: accounts }],
  indexes: { account_checkpoints_merchant: { on: ['merchant_id', 'account_id', 'period_end'], comment: 'Serves the monthly statements of a merchant' } },
  rowSecurity: { force: true, policies: { tenant: tenantReads(), back_office: allRows([momoWorker, ...backOffice], 'select'), ...ledger, ...owner, ...migrations } },
  grants: [
    { to: [momoApp, momoLedger, momoWorker, ...backOffice], privileges: ['select'] },
    { to: momoLedger, privileges: ['insert'] },
  ],
})
guard(accountCheckpoints, { audit: 'ref', appendOnly: true })
