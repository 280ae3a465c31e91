import { sql, table, text, timestamptz } from 'pgintent'
import { coMemberIds, theUser } from '../context.ts'
import { base, encrypted, hashed, mutable } from '../lib/columns.ts'
import { readable } from '../lib/grants.ts'
import { guard } from '../lib/guard.ts'
import { allRows, migrations, owner } from '../lib/policies.ts'
import { app } from '../namespaces.ts'
import { momoApp, momoAuditor, momoCompliance, momoSupport } from '../roles.ts'
import { userStatus } from '../values.ts'

export const users = table(app, 'users', {
  classification: 'internal',
  retention: 'R2',
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
    users_auth_subject_key: { on: ['auth_subject'], comment: 'Serves sign-in' },
    users_msisdn_bidx_key: { comment: 'Serves the look-up by phone number', on: ['msisdn_bidx'], where: (c) => sql`${c.msisdn_bidx} is not null` },
  },
  checks: { users_msisdn_last4_check: (c) => sql`${c.msisdn_last4} ~ '^\d{4}$'` },
  rowSecurity: {
    force: true,
    policies: {
      self_and_colleagues: { for: 'select', to: momoApp, using: (c) => sql`${c.id} = ${theUser} or ${c.id} in (select ${coMemberIds}())` },
      self: { for: 'update', to: momoApp, using: (c) => sql`${c.id} = ${theUser}` },
      back_office: allRows([momoSupport, momoAuditor, momoCompliance], 'select'),
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
    // What api.v_users_masked shows.
    {
      to: [momoSupport, momoAuditor, momoCompliance],
      privileges: ['select'],
      columns: ['id', 'msisdn_last4', 'locale', 'status', 'mfa_enrolled_at', 'last_login_at', 'created_at', 'closed_at', 'erased_at'],
    },
  ],
})
guard(users, { audit: 'full' })
readable(users, [momoApp])
