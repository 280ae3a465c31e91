import { bigint, boolean, smallint, sql, table, text } from 'pgintent'
import { currencyCode } from '../domains.ts'
import { base } from '../lib/columns.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { backOffice, momoApp, momoLedger, momoWorker } from '../roles.ts'

const readers = [momoApp, momoLedger, momoWorker, ...backOffice]

export const currencies = table(app, 'currencies', {
  classification: 'public',
  retention: 'reference',
  comment: 'ISO 4217. Amounts are whole numbers of minor units, and exponent says how many of those make one unit: 0 for UGX, 2 for GHS.',
  columns: {
    ...base,
    code: currencyCode().notNull().comment('ISO 4217 letters'),
    numeric_code: text().comment('ISO 4217 digits'),
    exponent: smallint().notNull().comment('Decimal places between the unit and the minor unit'),
    name: text().notNull().comment('English name'),
    limit_unit_minor: bigint().comment(
      'What limits are multiples of, minor units: about as much in every currency, in round figures. NULL: who has a limit does not move it alone',
    ),
    is_active: boolean().notNull().default(true).comment('Whether new business may be done in it'),
  },
  primaryKey: ['id'],
  unique: { currencies_code_key: { on: ['code'], comment: 'Serves every amount: its exponent. What foreign keys refer to' } },
  checks: {
    currencies_limit_unit_check: (c) => sql`${c.limit_unit_minor} > 0`,
    currencies_exponent_check: (c) => sql`${c.exponent} between 0 and 4`,
    currencies_numeric_code_check: (c) => sql`${c.numeric_code} ~ '^\d{3}$'`,
  },
  rowSecurity: { force: true, policies: { everyone: allRows(readers, 'select'), ...owner, ...migrations } },
  grants: [{ to: readers, privileges: ['select'] }],
})
guard(currencies, { audit: 'full' })
