import { sql, view } from 'pgintent'
import { api } from '../namespaces.ts'
import { customers } from '../people/customers.ts'
import { merchantMembers } from '../people/members.ts'
import { users } from '../people/users.ts'
import { backOffice, momoApp, momoAuditor, momoCompliance, momoSupport } from '../roles.ts'
import { asAsked, masked } from './masking.ts'

export const customersMasked = view(api, 'v_customers_masked', {
  ...asAsked,
  as: sql`
    select t.id, t.merchant_id, ${masked('msisdn_last4')} as msisdn, t.marketing_consent_at is not null as may_be_written_to, t.created_at, t.updated_at, t.erased_at
    from ${customers} t
    where t.deleted_at is null or t.erased_at is not null`,
  comment: 'Customers without anything that tells who they are. Erased ones stay in it, as nothing but an id.',
  grants: [{ to: [momoApp, ...backOffice], privileges: ['select'] }],
})

export const usersMasked = view(api, 'v_users_masked', {
  ...asAsked,
  as: sql`
    select t.id, ${masked('msisdn_last4')} as msisdn, t.locale, t.status, t.mfa_enrolled_at is not null as has_second_factor, t.last_login_at, t.created_at, t.closed_at, t.erased_at
    from ${users} t`,
  comment: 'People who work for merchants, for those who help them: whether they can sign in, and the last digits to ask them for.',
  grants: [{ to: [momoApp, momoSupport, momoAuditor, momoCompliance], privileges: ['select'] }],
})

export const members = view(api, 'v_members', {
  ...asAsked,
  as: sql`
    select m.id, m.merchant_id, m.user_id, m.role, m.outlet_id, m.status, u.status as user_status, u.last_login_at, m.created_at, m.revoked_at
    from ${merchantMembers} m left join ${users} u on u.id = m.user_id
    where m.deleted_at is null`,
  comment: 'Who works for which merchant as what, and whether they can sign in: of those who have not accepted or have left, a merchant learns nothing.',
  grants: [{ to: [momoApp, momoSupport, momoAuditor, momoCompliance], privileges: ['select'] }],
})
