import { rowSet, rows, sql, sqlText, type RowSet } from 'pgintent'
import { devices } from '../schema/people/devices.ts'
import { merchantMembers } from '../schema/people/members.ts'
import { merchants } from '../schema/people/merchants.ts'
import { outlets } from '../schema/people/outlets.ts'
import { rolePermissions } from '../schema/people/role-permissions.ts'
import { users } from '../schema/people/users.ts'
import { currencies } from '../schema/money/currencies.ts'
import { limitsOf, permissionsOf, type MemberRole } from '../schema/values.ts'
import { id } from './lib/id.ts'

// Merchants who must not see each other, the people who work for them, and what belongs to nobody. Rows of other tables are in
// the file of their area, with what may be done with them.

/** What belongs to no merchant. */
export const shared = rowSet('shared')

rows(shared, currencies, [
  { code: 'UGX', exponent: 0, name: 'Uganda shilling', limit_unit_minor: 4000n },
  { code: 'GHS', exponent: 2, name: 'Ghana cedi', limit_unit_minor: 1200n },
])

const units = (limit: number | undefined) => (limit === undefined ? null : BigInt(limit))
rows(
  shared,
  rolePermissions,
  (Object.keys(permissionsOf) as MemberRole[]).flatMap((role) =>
    permissionsOf[role].map((permission) => {
      const limit = limitsOf[role]?.[permission]
      return { role, permission, max_units: units(limit?.once), max_units_a_day: units(limit?.aDay) }
    }),
  ),
)

export interface Shop {
  readonly merchant: string
  /** Where its cashier works, and what belongs there. */
  readonly outlet: string
  readonly atOutlet: RowSet
  /** Its other outlet. */
  readonly station: string
  readonly atStation: RowSet
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
  /** What is of that phone. */
  readonly atPhone: RowSet
  /** They themselves, and what is theirs at the merchant. */
  readonly self: readonly [themselves: RowSet, theirs: RowSet]
}

function shop(name: string, n: number, currency: string, status: 'active' | 'closed'): Shop {
  const own = rowSet(name)
  const [atOutlet, atStation] = [rowSet('outlet', own), rowSet('station', own)]
  const [outlet, station] = [id(n + 0x2000), id(n + 0x3000)]
  const out = { merchant: id(n), outlet, atOutlet, station, atStation, news: rowSet('news', own), currency, rows: own, staff: rowSet(`staff of ${name}`) }
  const names = { legal_name: `${name} Ltd`, trading_name: name, merchant_code: String(n) }
  rows(out.rows, merchants, [{ id: out.merchant, ...names, country: 'UG', default_currency: currency, status, tax_id_enc: secret(n) }])
  rows(atOutlet, outlets, [{ id: outlet, merchant_id: out.merchant, name: 'Market', code: 'M' }])
  rows(atStation, outlets, [{ id: station, merchant_id: out.merchant, name: 'Station', code: 'S' }])
  return out
}

function user(themselves: RowSet, n: number): string {
  rows(themselves, users, [{ id: id(n), auth_subject: `subject ${n}`, display_name_enc: secret(n), msisdn_last4: '0001' }])
  return id(n)
}

/** Somebody's work at a merchant, with a phone. */
function works(at: Shop, role: MemberRole, themselves: RowSet, who: string, phone: string, name: string): Person {
  const theirs = rowSet(name, at.rows)
  const atPhone = rowSet('phone', theirs)
  rows(theirs, merchantMembers, [{ merchant_id: at.merchant, user_id: who, role, status: 'active', outlet_id: role === 'cashier' ? at.outlet : null }])
  device(atPhone, at, who, phone)
  return { shop: at, user: who, phone, atPhone, self: [themselves, theirs] }
}

function device(set: RowSet, at: Shop, who: string, n: string, status: 'active' | 'revoked' = 'active'): void {
  rows(set, devices, [{ id: n, merchant_id: at.merchant, user_id: who, install_id: installOf(n), platform: 'android', public_key: sqlText(`'\\x01'`), status }])
}

function person(at: Shop, role: MemberRole, n: number): Person {
  const themselves = rowSet(role, at.staff)
  return works(at, role, themselves, user(themselves, n), id(n + 0x1000), role)
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

// Devices beside the first phone: one that works, and one that was taken away.
export const tablet = id(0x1da4)
export const atTablet = rowSet('tablet', cashierA.self[1])
export const oldPhone = id(0x1ea4)
device(atTablet, shopA, cashierA.user, tablet)
device(rowSet('old phone', cashierA.self[1]), shopA, cashierA.user, oldPhone, 'revoked')

/** An owner of A and of B: one person, two merchants. */
export const partners = rowSet('partner')
const partner = user(partners, 0xab)
export const partnerA = works(shopA, 'owner', partners, partner, id(0x1aab), 'partner')
export const partnerB = works(shopB, 'owner', partners, partner, id(0x1bab), 'partner')

/** Closed: read, never written. */
export const shopC = shop('C', 0xc0, 'UGX', 'closed')
export const ownerC = person(shopC, 'owner', 0xc1)

/** A customer of a shop, whose data has a key of its own. */
export const customerOf = (shop: Shop): string => shop.merchant.replace(/.{4}$/, (n) => `c${n.slice(1)}`)
