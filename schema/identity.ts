import { bytea, foreignKey, integer, smallint, sql, table, text, timestamptz, uuid } from 'pgintent'
import { can, coMemberIds, currentMemberRole, currentUserId, memberRank, theDevice, theMerchant, theUser } from './context.ts'
import { countryCode, currencyCode, tzName } from './domains.ts'
import { base, encrypted, hashed, mutable, synced } from './lib/columns.ts'
import { readable } from './lib/grants.ts'
import { guard } from './lib/guard.ts'
import { allRows, migrations, openMerchant, owner, tenantReads } from './lib/policies.ts'
import { internal } from './lib/routines.ts'
import { app } from './namespaces.ts'
import { currencies } from './reference.ts'
import { momoApp, momoAuditor, momoLedger, momoSupport, momoWorker } from './roles.ts'
import { devicePlatform, deviceStatus, memberRole, memberStatus, merchantStatus, settlementSchedule, userStatus } from './values.ts'

export const users = table(app, 'users', {
  comment: 'People. Who they are is proved by the identity provider: there are no passwords here.',
  columns: {
    ...base,
    auth_subject: text().notNull().classify('pii').comment("The identity provider's name for them"),
    display_name_enc: encrypted('the name others see'),
    msisdn_enc: encrypted('the phone number'),
    msisdn_bidx: hashed('the phone number, with the key for all merchants'),
    msisdn_last4: text().classify('pii').comment('The last digits of the phone number, to show'),
    email_enc: encrypted('the mail address'),
    email_bidx: hashed('the mail address'),
    locale: text().default('en').comment('BCP 47'),
    status: userStatus().notNull().default('active').comment('Only active users sign in'),
    mfa_enrolled_at: timestamptz().comment('When a second factor was set up'),
    last_login_at: timestamptz().comment('When they last signed in'),
    closed_at: timestamptz().comment('When the relationship ended: the retention clock'),
    erased_at: timestamptz().comment('When their personal data was erased'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: {
    // Serves sign-in.
    users_auth_subject_key: ['auth_subject'],
    // Serves the look-up by phone number.
    users_msisdn_bidx_key: { on: ['msisdn_bidx'], where: (c) => sql`${c.msisdn_bidx} is not null` },
  },
  checks: { users_msisdn_last4_check: (c) => sql`${c.msisdn_last4} ~ '^\d{4}$'` },
  rowSecurity: {
    force: true,
    policies: {
      self_and_colleagues: { for: 'select', to: momoApp, using: (c) => sql`${c.id} = ${theUser} or ${c.id} in (select ${coMemberIds}())` },
      self: { for: 'update', to: momoApp, using: (c) => sql`${c.id} = ${theUser}`, check: (c) => sql`${c.id} = ${theUser}` },
      ...owner,
      ...migrations,
    },
  },
  grants: [
    {
      to: momoApp,
      privileges: ['update'],
      columns: ['display_name_enc', 'msisdn_enc', 'msisdn_bidx', 'msisdn_last4', 'email_enc', 'email_bidx', 'locale', 'mfa_enrolled_at', 'last_login_at'],
    },
  ],
})
guard(users, { audit: 'full' })
readable(users, [momoApp])

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
    dek_id: uuid().comment('The data key its secrets are encrypted with'), // encryption_keys, when they are declared
    ...mutable,
    ...synced,
  },
  primaryKey: ['id'],
  unique: { merchants_merchant_code_key: ['merchant_code'] },
  foreignKeys: [{ columns: ['default_currency'], references: currencies.key('code') }],
  indexes: {
    merchants_default_currency: { on: ['default_currency'], comment: 'Serves: who is affected when a currency is retired' },
    merchants_not_active: { on: ['status'], where: (c) => sql`${c.status} <> 'active'`, comment: 'Serves the back office: onboarding and suspended merchants' },
    merchants_origin_device: {
      on: ['id', 'origin_device_id'],
      where: (c) => sql`${c.origin_device_id} is not null`,
      comment: 'Serves the foreign key, when a device is removed',
    },
  },
  triggers: {
    a1_timezone: { timing: 'before', events: ['insert', 'update'], updateOf: ['timezone'], level: 'row', function: checkTimezone },
  },
  rowSecurity: {
    force: true,
    policies: {
      own: { for: 'select', to: momoApp, using: (c) => sql`${c.id} = ${theMerchant}` },
      manage: {
        for: 'update',
        to: momoApp,
        using: (c) => sql`${c.id} = ${theMerchant} and ${can('merchant.manage')}`,
        check: (c) => sql`${c.id} = ${theMerchant} and ${can('merchant.manage')}`,
      },
      open_for_update: openMerchant.open_for_update,
      back_office: allRows([momoWorker, momoLedger, momoAuditor, momoSupport], 'select'),
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
readable(merchants, [momoAuditor, momoSupport], /_enc$|_bidx$|^dek_id$/)

const guardMemberRole = internal(app, 'guard_member_role', {
  returns: 'trigger',
  language: 'plpgsql',
  body: sql`
DECLARE own int := ${memberRank}(${currentMemberRole}());
BEGIN
  IF ${currentUserId}() IS NULL THEN
    RETURN NEW; -- onboarding: no user is asking
  END IF;
  IF own IS NULL OR ${memberRank}(NEW.role) < own OR (TG_OP = 'UPDATE' AND ${memberRank}(OLD.role) < own) THEN
    RAISE EXCEPTION 'a member may not give or take a role above their own' USING ERRCODE = '42501';
  END IF;
  RETURN NEW;
END `,
  comment: 'Nobody makes somebody more trusted than themselves, or touches the role of one who is.',
})

export const merchantMembers = table(app, 'merchant_members', {
  comment: 'Who works for which merchant, as what.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    user_id: uuid().notNull().comment('The person'),
    role: memberRole().notNull().comment('What they may do; app.role_permissions() says what that is'),
    outlet_id: uuid().comment('The only outlet they see; NULL for all'), // (merchant_id, outlet_id) -> outlets, when they are declared
    status: memberStatus().notNull().default('invited').comment('Only active members get in'),
    invited_by: uuid().comment('Who asked them in'),
    revoked_at: timestamptz().comment('When they were shut out'),
    ...mutable,
    ...synced,
  },
  primaryKey: ['id'],
  unique: {
    merchant_members_one: { on: ['merchant_id', 'user_id'], where: (c) => sql`${c.deleted_at} is null` },
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['user_id'], references: users },
    { columns: ['invited_by'], references: users },
  ],
  indexes: {
    merchant_members_mine: {
      on: ['user_id', 'merchant_id'],
      include: ['role'],
      where: (c) => sql`${c.status} = 'active'`,
      comment: 'Serves Q11: my merchants and my role in them, and the check that begins every request',
    },
    merchant_members_merchant: { on: ['merchant_id', 'id'], comment: 'Serves the list of members, those who left included' },
    merchant_members_user: { on: ['user_id'], comment: 'Serves the foreign key: everything a person was ever a member of' },
    merchant_members_invited_by: { on: ['invited_by'], where: (c) => sql`${c.invited_by} is not null`, comment: 'Serves: whom did this person let in' },
    merchant_members_origin_device: {
      on: ['merchant_id', 'origin_device_id'],
      where: (c) => sql`${c.origin_device_id} is not null`,
      comment: 'Serves the foreign key, when a device is removed',
    },
  },
  triggers: {
    a1_role: { timing: 'before', events: ['insert', 'update'], updateOf: ['role', 'status', 'deleted_at'], level: 'row', function: guardMemberRole },
  },
  rowSecurity: {
    force: true,
    policies: {
      own_and_colleagues: { for: 'select', to: momoApp, using: (c) => sql`${c.merchant_id} = ${theMerchant} or ${c.user_id} = ${theUser}` },
      invite: { for: 'insert', to: momoApp, check: (c) => sql`${c.merchant_id} = ${theMerchant} and ${can('member.manage')}` },
      manage: {
        for: 'update',
        to: momoApp,
        using: (c) => sql`${c.merchant_id} = ${theMerchant} and ${can('member.manage')}`,
        check: (c) => sql`${c.merchant_id} = ${theMerchant} and ${can('member.manage')}`,
      },
      ...openMerchant,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: momoApp, privileges: ['select', 'insert'] },
    {
      to: momoApp,
      privileges: ['update'],
      columns: ['role', 'outlet_id', 'status', 'revoked_at', 'deleted_at', 'origin_device_id', 'client_updated_at'],
    },
  ],
})
guard(merchantMembers, { audit: 'full' })

export const devices = table(app, 'devices', {
  comment: 'Phones and browsers. A push is believed only with the signature of a device that is active.',
  columns: {
    ...base,
    merchant_id: uuid().notNull().comment('The tenant'),
    user_id: uuid().notNull().comment('Whose it is'),
    outlet_id: uuid().comment('Where it stands'), // (merchant_id, outlet_id) -> outlets, when they are declared
    install_id: uuid().notNull().comment('Made by the app when it is installed'),
    platform: devicePlatform().notNull().comment('What it runs on'),
    app_version: text().comment('What it last reported'),
    public_key: bytea().notNull().comment('Its signatures are checked with this'),
    push_token_enc: encrypted('the token that notifications are sent to'),
    clock_offset_ms: integer().comment('How far its clock was from ours when it last spoke'),
    status: deviceStatus().notNull().default('active').comment('A lost or revoked device is not believed any more'),
    last_seen_at: timestamptz().comment('When it last spoke. In no index, so that a heartbeat stays a HOT update'),
    revoked_at: timestamptz().comment('When it was shut out'),
    ...mutable,
  },
  primaryKey: ['id'],
  unique: {
    devices_install_id_key: ['install_id'],
    // What tenants' tables refer to: a foreign key does not ask policies, so it must carry the tenant.
    devices_merchant_id_id_key: ['merchant_id', 'id'],
  },
  foreignKeys: [
    { columns: ['merchant_id'], references: merchants },
    { columns: ['user_id'], references: users },
  ],
  indexes: {
    devices_status: { on: ['merchant_id', 'status'], comment: "Serves the merchant's list of devices, and the back office's of lost ones" },
    devices_user: { on: ['user_id'], comment: 'Serves: all devices of a person, to revoke them' },
  },
  options: { fillfactor: 80 },
  rowSecurity: {
    force: true,
    policies: {
      tenant: tenantReads(),
      register: { for: 'insert', to: momoApp, check: (c) => sql`${c.merchant_id} = ${theMerchant} and ${c.user_id} = ${theUser}` },
      keep: {
        for: 'update',
        to: momoApp,
        using: (c) => sql`${c.merchant_id} = ${theMerchant} and (${c.id} = ${theDevice} or ${can('device.manage')})`,
        check: (c) => sql`${c.merchant_id} = ${theMerchant} and (${c.id} = ${theDevice} or ${can('device.manage')})`,
      },
      ...openMerchant,
      ...owner,
      ...migrations,
    },
  },
  grants: [
    { to: momoApp, privileges: ['insert'] },
    {
      to: momoApp,
      privileges: ['update'],
      columns: ['outlet_id', 'app_version', 'push_token_enc', 'clock_offset_ms', 'status', 'last_seen_at', 'revoked_at'],
    },
  ],
})
guard(devices, { audit: 'diff' })
readable(devices, [momoApp])

// Merchants and their devices refer to each other.
foreignKey(merchants, { columns: ['id', 'origin_device_id'], references: devices.key('merchant_id', 'id') })
foreignKey(merchantMembers, { columns: ['merchant_id', 'origin_device_id'], references: devices.key('merchant_id', 'id') })
