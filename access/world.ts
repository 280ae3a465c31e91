import { rowSet, rows, sql, sqlText, type RowSet } from 'pgintent'
import { devices, merchantMembers, merchants, users } from '../schema/identity.ts'
import { currencies } from '../schema/reference.ts'
import type { MemberRole } from '../schema/values.ts'
import { id } from './lib/id.ts'

// Two merchants who must not see each other, the people who work for them, and what belongs to nobody. Rows of other tables are
// in the file of their area, with what may be done with them.

/** What belongs to no merchant. */
export const shared = rowSet('shared')
export const shopA = rowSet('A')
export const shopB = rowSet('B')

export const merchantA = id(0xa0)
export const merchantB = id(0xb0)

/** The people behind them, who belong to no merchant: they may work for several. */
export const staffA = rowSet('staff of A')
export const staffB = rowSet('staff of B')

/** Somebody who works for a merchant: they themselves, and what is theirs at the merchant. */
export interface Person {
  readonly themselves: RowSet
  readonly theirs: RowSet
  readonly user: string
  readonly merchant: string
  readonly phone: string
}

function person(merchant: string, shop: RowSet, staff: RowSet, role: MemberRole, n: number): Person {
  const [themselves, theirs] = [rowSet(role, staff), rowSet(role, shop)]
  const who = { themselves, theirs, user: id(n), merchant, phone: id(n + 0x1000) }
  rows(themselves, users, [{ id: who.user, auth_subject: `subject ${n}`, display_name_enc: secret(n), msisdn_last4: '0001' }])
  rows(theirs, merchantMembers, [{ merchant_id: merchant, user_id: who.user, role, status: 'active' }])
  rows(theirs, devices, [{ id: who.phone, merchant_id: merchant, user_id: who.user, install_id: id(n + 0x2000), platform: 'android', public_key: sqlText(`'\\x01'`) }])
  return who
}

/** Ciphertext of the right shape. */
function secret(n: number) {
  return sql`decode('01' || repeat(lpad(to_hex(${n}), 2, '0'), 45), 'hex')`
}

rows(shared, currencies, [
  { code: 'UGX', exponent: 0, name: 'Uganda shilling' },
  { code: 'GHS', exponent: 2, name: 'Ghana cedi' },
])
rows(shopA, merchants, [
  { id: merchantA, legal_name: 'A Ltd', trading_name: 'A', country: 'UG', default_currency: 'UGX', merchant_code: '1001', status: 'active', tax_id_enc: secret(1) },
])
rows(shopB, merchants, [
  { id: merchantB, legal_name: 'B Ltd', trading_name: 'B', country: 'GH', default_currency: 'GHS', merchant_code: '2002', status: 'active', tax_id_enc: secret(2) },
])

export const ownerA = person(merchantA, shopA, staffA, 'owner', 0xa1)
export const managerA = person(merchantA, shopA, staffA, 'manager', 0xa2)
export const accountantA = person(merchantA, shopA, staffA, 'accountant', 0xa3)
export const cashierA = person(merchantA, shopA, staffA, 'cashier', 0xa4)
export const viewerA = person(merchantA, shopA, staffA, 'viewer', 0xa5)
export const ownerB = person(merchantB, shopB, staffB, 'owner', 0xb1)
