import { rowSet, rows, sql, sqlText, type RowSet } from 'pgintent'
import { devices } from '../schema/people/devices.ts'
import { merchantMembers } from '../schema/people/members.ts'
import { merchants } from '../schema/people/merchants.ts'
import { outlets } from '../schema/people/outlets.ts'
import { rolePermissions } from '../schema/people/role-permissions.ts'
import { users } from '../schema/people/users.ts'
import { currencies } from '../schema/money/currencies.ts'
import { permissionsOf, type MemberRole } from '../schema/values.ts'
import { id } from './lib/id.ts'

// Merchants who must not see each other, the people who work for them, and what belongs to nobody. Rows of other tables are in
// the file of their area, with what may be done with them.

/** What belongs to no merchant. */
export const shared = rowSet('shared')

rows(shared, currencies, [
  { code: 'UGX', exponent: 0, name: 'Uganda shilling' },
  { code: 'GHS', exponent: 2, name: 'Ghana cedi' },
])

rows(
  shared,
  rolePermissions,
  (Object.keys(permissionsOf) as MemberRole[]).flatMap((role) => permissionsOf[role].map((permission) => ({ role, permission }))),
)

export interface Shop {
  readonly merchant: string
  /** Where its cashier works; there is another outlet. */
  readonly outlet: string
  /** What belongs to that outlet. */
  readonly atOutlet: RowSet
  /** What everybody who works there is told. */
  readonly news: RowSet
  readonly currency: string
  /** What is the merchant's. */
  readonly rows: RowSet
  /** The people behind it, who belong to no merchant: they may work for several. */
  readonly staff: RowSet
}

/** Somebody who works for a merchant. */
export interface Person {
  readonly shop: Shop
  readonly user: string
  readonly phone: string
  /** They themselves, and what is theirs at the merchant. */
  readonly self: readonly [themselves: RowSet, theirs: RowSet]
}

function shop(name: string, n: number, currency: string, status: 'active' | 'closed'): Shop {
  const own = rowSet(name)
  const out = { merchant: id(n), outlet: id(n + 0x2000), atOutlet: rowSet('outlet', own), news: rowSet('news', own), currency, rows: own, staff: rowSet(`staff of ${name}`) }
  const names = { legal_name: `${name} Ltd`, trading_name: name, merchant_code: String(n) }
  rows(out.rows, merchants, [{ id: out.merchant, ...names, country: 'UG', default_currency: currency, status, tax_id_enc: secret(n) }])
  rows(out.atOutlet, outlets, [{ id: out.outlet, merchant_id: out.merchant, name: 'Market', code: 'M' }])
  rows(own, outlets, [{ id: id(n + 0x3000), merchant_id: out.merchant, name: 'Station', code: 'S' }])
  return out
}

function person(at: Shop, role: MemberRole, n: number): Person {
  const [themselves, theirs] = [rowSet(role, at.staff), rowSet(role, at.rows)]
  const [user, phone, merchant_id] = [id(n), id(n + 0x1000), at.merchant]
  rows(themselves, users, [{ id: user, auth_subject: `subject ${n}`, display_name_enc: secret(n), msisdn_last4: '0001' }])
  rows(theirs, merchantMembers, [{ merchant_id, user_id: user, role, status: 'active', outlet_id: role === 'cashier' ? at.outlet : null }])
  rows(theirs, devices, [{ id: phone, merchant_id, user_id: user, install_id: installOf(phone), platform: 'android', public_key: sqlText(`'\\x01'`) }])
  return { shop: at, user, phone, self: [themselves, theirs] }
}

/** The install id of a phone of ours. */
export const installOf = (phone: string): string => phone.replace(/^./, 'f')

/** Ciphertext of the right shape. */
export function secret(n: number) {
  return sql`decode('01' || repeat(lpad(to_hex(${n}), 2, '0'), 45), 'hex')`
}

export const shopA = shop('A', 0xa0, 'UGX', 'active')
export const ownerA = person(shopA, 'owner', 0xa1)
export const managerA = person(shopA, 'manager', 0xa2)
export const accountantA = person(shopA, 'accountant', 0xa3)
export const cashierA = person(shopA, 'cashier', 0xa4)
export const viewerA = person(shopA, 'viewer', 0xa5)

export const shopB = shop('B', 0xb0, 'GHS', 'active')
export const ownerB = person(shopB, 'owner', 0xb1)

/** Closed: read, never written. */
export const shopC = shop('C', 0xc0, 'UGX', 'closed')
export const ownerC = person(shopC, 'owner', 0xc1)
