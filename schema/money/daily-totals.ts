import { bigint, date, integer, sql, table, uuid } from 'pgintent'
import { can } from '../context.ts'
import { currencyCode } from '../domains.ts'
import { base, mutable } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, ledger, migrations, owner, tenantReads } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { merchants } from '../people/merchants.ts'
import { momoApp, momoAnalytics, momoAuditor, momoLedger, momoWorker } from '../roles.ts'
import { txnStatus, txnType } from '../values.ts'

export const merchantDailyTotals = table(app, 'merchant_daily_totals', {
  classification: 'internal',
  retention: 'R1',
  comment:
    'What a merchant did in a day of its own time zone, added up. Made by ops.roll_up_days() and made anew while transactions of that day may still change; reports over a year read it.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    day: date().notNull().comment('The day, in the time zone of the merchant'),
    currency: currencyCode().notNull().comment('ISO 4217'),
    type: txnType().notNull().comment('The type of transaction'),
    status: txnStatus().notNull().comment('Their status when it was added up'),
    transactions: integer().notNull().comment('How many'),
    amount_minor: bigint().notNull().classify('financial').comment('Their amounts, minor units'),
    fee_minor: bigint().notNull().classify('financial').comment('Their fees'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: {
    merchant_daily_totals_one: {
      comment: 'Serves the report of a year: an index-only scan over the days of one merchant',
      on: ['merchant_id', 'day', 'currency', 'type', 'status'],
      include: ['transactions', 'amount_minor', 'fee_minor'],
    },
  },
  checks: { merchant_daily_totals_check: (c) => sql`${c.transactions} > 0 and ${c.amount_minor} >= 0 and ${c.fee_minor} >= 0` },
  foreignKeys: [{ columns: ['merchant_id'], references: merchants }],
  rowSecurity: {
    force: true,
    policies: {
      tenant: tenantReads(can('report.view')),
      services: allRows([momoWorker, momoAuditor, momoAnalytics], 'select'),
      ...ledger,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: [momoApp, momoWorker, momoAuditor, momoAnalytics], privileges: ['select'] },
    { to: momoLedger, privileges: ['select', 'insert', 'delete'] },
    { to: momoLedger, privileges: ['update'], columns: ['transactions', 'amount_minor', 'fee_minor'] },
  ],
})
// Derived data: what it was made of is audited.
guard(merchantDailyTotals, { audit: 'ref' })
