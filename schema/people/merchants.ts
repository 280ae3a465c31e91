import { and, smallint, sql, table, text, timestamptz, uuid } from 'pgintent'
import { can, theMerchant } from '../context.ts'
import { countryCode, currencyCode, tzName } from '../domains.ts'
import { base, encrypted, hashed, mutable, synced } from '../lib/columns.ts'
import { readable } from '../lib/grants.ts'
import { always, guard } from '../lib/guard.ts'
import { allRows, migrations, openMerchant, owner } from '../lib/policies.ts'
import { internal } from '../lib/routines.ts'
import { currencies } from '../money/currencies.ts'
import { app } from '../namespaces.ts'
import { momoApp, momoAuditor, momoCompliance, momoLedger, momoSupport, momoWorker } from '../roles.ts'
import { merchantStatus, settlementSchedule } from '../values.ts'

const checkTimezone = internal(app, 'check_timezone', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
BEGIN
  IF NOT EXISTS (SELECT FROM pg_timezone_names z WHERE z.name = NEW.timezone) THEN
    RAISE EXCEPTION 'there is no time zone "%"', NEW.timezone USING ERRCODE = '22023', HINT = 'Use a name such as Africa/Kampala.';
  END IF;
  RETURN NEW;
END `,
  comment: 'Refuses a time zone that the server does not know.',
})

export const merchants = table(app, 'merchants', {
  classification: 'internal',
  retention: 'R2',
  comment: 'The tenants: businesses that take and pay mobile money.',
  columns: {
    ...base,
    legal_name: text().notNull().comment('As registered'),
    trading_name: text().notNull().comment('As its customers know it'),
    country: countryCode().notNull().comment('Where it is registered, which decides how long its records are kept'),
    default_currency: currencyCode().notNull().comment('What new accounts and requests are in'),
    timezone: tzName().notNull().default('Africa/Kampala').comment('Where its days begin and end, for reports'),
    merchant_code: text().notNull().comment('The till or short code that customers type'),
    registration_no_enc: encrypted('the number in the business register'),
    tax_id_enc: encrypted('the tax number'),
    tax_id_bidx: hashed('the tax number'),
    kyc_level: smallint().notNull().default(0).comment('How much of its identity has been verified'),
    status: merchantStatus().notNull().default('onboarding').comment('A closed merchant is read, never written'),
    settlement_schedule: settlementSchedule().notNull().default('daily').comment('When its takings are paid out'),
    closed_at: timestamptz().comment('When it was closed: starts the retention clock of its identity'),
    dek_id: uuid().comment('The data key its secrets are encrypted with'),
    ...mutable,
    ...synced,
  },
  primaryKey: ['id'],
  unique: { merchants_merchant_code_key: { on: ['merchant_code'], comment: 'Serves the payer who types the code' } },
  foreignKeys: [{ columns: ['default_currency'], references: currencies.key('code') }],
  indexes: {
    merchants_default_currency: { on: ['default_currency'], comment: 'Serves: who is affected when a currency is retired' },
    merchants_not_active: { on: ['status'], where: (c) => sql`${c.status} <> 'active'`, comment: 'Serves the back office: onboarding and suspended merchants' },
    merchants_dek: { on: ['id', 'dek_id'], where: (c) => sql`${c.dek_id} is not null`, comment: 'Serves the foreign key, when a data key is destroyed' },
    merchants_origin_device: {
      on: ['id', 'origin_device_id'],
      where: (c) => sql`${c.origin_device_id} is not null`,
      comment: 'Serves the foreign key, when a device is removed',
    },
  },
  triggers: {
    a1_timezone: { timing: 'before', events: ['insert', 'update'], updateOf: ['timezone'], level: 'row', function: checkTimezone, ...always },
  },
  rowSecurity: {
    force: true,
    policies: {
      own: { for: 'select', to: momoApp, using: (c) => sql`${c.id} = ${theMerchant}` },
      manage: {
        for: 'update',
        to: momoApp,
        using: (c) => and(sql`${c.id} = ${theMerchant}`, can('merchant.manage')),
      },
      open_for_update: openMerchant.open_for_update,
      back_office: allRows([momoWorker, momoLedger, momoAuditor, momoSupport, momoCompliance], 'select'),
      ...owner,
      ...migrations,
    },
  },
  grants: [
    {
      to: momoApp,
      privileges: ['update'],
      columns: ['trading_name', 'timezone', 'default_currency', 'settlement_schedule', 'origin_device_id', 'client_updated_at'],
    },
  ],
})
guard(merchants, { audit: 'full' })
readable(merchants, [momoApp, momoWorker, momoLedger])
readable(merchants, [momoAuditor, momoSupport, momoCompliance], /_enc$|_bidx$|^dek_id$/)
