import { bigint, int8range, integer, sql, table, tstzrange, uuid } from 'pgintent'
import { theMerchant } from '../context.ts'
import { currencyCode } from '../domains.ts'
import { base, mutable } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { merchants } from '../people/merchants.ts'
import { momoApp, momoAuditor, momoLedger, momoSupport, momoWorker } from '../roles.ts'
import { txnType } from '../values.ts'
import { currencies } from './currencies.ts'

const readers = [momoApp, momoLedger, momoWorker, momoAuditor, momoSupport]

export const feeSchedules = table(app, 'fee_schedules', {
  classification: 'internal',
  retention: 'R1',
  comment: 'What a transaction costs, by type, amount and time. For one amount at one moment there is one answer: tiers never overlap.',
  columns: {
    ...base,
    merchant_id: uuid().comment('Agreed with this merchant alone; NULL for everybody. The own one comes first'),
    currency: currencyCode().notNull().comment('ISO 4217'),
    type: txnType().notNull().comment('The type of transaction'),
    amount: int8range().notNull().comment('The tier: from, inclusive, to, exclusive, in minor units'),
    flat_minor: bigint().notNull().default(0).classify('financial').comment('A fixed part, minor units'),
    bps: integer().notNull().default(0).comment('A part of the amount, in hundredths of a per cent; rounded half up, once'),
    valid: tstzrange().notNull().comment('When it applies'),
    ...mutable,
  },
  primaryKey: ['id'],
  checks: {
    fee_schedules_fee_check: (c) => sql`${c.flat_minor} >= 0 and ${c.bps} between 0 and 10000`,
    fee_schedules_ranges_check: (c) => sql`not isempty(${c.amount}) and not isempty(${c.valid}) and lower(${c.amount}) >= 0`,
  },
  // Equality by the range of one hash, as in settlements.
  exclude: {
    fee_schedules_no_overlap: {
      using: 'gist',
      on: [
        [
          sql`int8range(hashtextextended(coalesce(merchant_id::text, '') || ' ' || currency || ' ' || type, 0), hashtextextended(coalesce(merchant_id::text, '') || ' ' || currency || ' ' || type, 0), '[]')`,
          '&&',
        ],
        ['amount', '&&'],
        ['valid', '&&'],
      ],
    },
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['currency'], references: currencies.key('code') },
  ],
  indexes: {
    fee_schedules_lookup: { on: ['merchant_id', 'currency', 'type'], comment: 'Serves every submission: what does this cost, and the foreign key' },
    fee_schedules_currency: { on: ['currency'], comment: 'Serves: who is affected when a currency is retired' },
  },
  rowSecurity: {
    force: true,
    policies: {
      tenant: { for: 'select', to: momoApp, using: (c) => sql`${c.merchant_id} is null or ${c.merchant_id} = ${theMerchant}` },
      services: allRows([momoWorker, momoAuditor, momoSupport], 'select'),
      ...ledger,
      ...owner,
      ...migrations,
    },
  },
  grants: [{ to: readers, privileges: ['select'] }],
})
guard(feeSchedules, { audit: 'full' })
