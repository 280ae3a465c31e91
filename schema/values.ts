import { oneOf } from 'pgintent'

// Each set of values is written once: the column's CHECK and its TypeScript type both come from the list. They are text and
// not enums, because enum comparison is not leakproof: under row security no index would serve a condition on a status.

type Of<L extends readonly string[]> = L[number]

export const txnTypes = ['collection', 'disbursement', 'deposit', 'withdrawal', 'refund', 'fee', 'settlement', 'payout', 'adjustment'] as const
export type TxnType = Of<typeof txnTypes>
export const txnType = () => oneOf(txnTypes)

export const txnStatuses = ['queued', 'pending', 'successful', 'failed', 'expired', 'cancelled'] as const
export type TxnStatus = Of<typeof txnStatuses>
export const txnStatus = () => oneOf(txnStatuses)

/** What a transaction may become. Where nothing follows, it stays for ever: a late success opens a suspense journal instead. */
export const txnTransitions: { readonly [from in TxnStatus]: readonly TxnStatus[] } = {
  queued: ['pending', 'cancelled', 'expired'],
  pending: ['successful', 'failed', 'expired'],
  successful: [],
  failed: [],
  expired: [],
  cancelled: [],
}

export const terminalStatuses = txnStatuses.filter((s) => txnTransitions[s].length === 0)
export const openStatuses = txnStatuses.filter((s) => txnTransitions[s].length > 0)

export const partyIdTypes = ['msisdn', 'email', 'party_code'] as const
export type PartyIdType = Of<typeof partyIdTypes>
export const partyIdType = () => oneOf(partyIdTypes)

export const accountKinds = [
  'merchant_wallet', 'merchant_pending', 'merchant_settlement', 'customer_clearing', 'provider_float', 'fee_income', 'suspense',
] as const // prettier-ignore
export type AccountKind = Of<typeof accountKinds>
export const accountKind = () => oneOf(accountKinds)

/** From the most trusted down: nobody gives a role above their own. */
export const memberRoles = ['owner', 'manager', 'accountant', 'cashier', 'viewer'] as const
export type MemberRole = Of<typeof memberRoles>
export const memberRole = () => oneOf(memberRoles)

export type Permission =
  | 'transaction.create' | 'transaction.refund' | 'payout.create' | 'member.manage' | 'merchant.manage' | 'device.manage' | 'report.view'
  | 'audit.view' // prettier-ignore

/** What each role may do. A table of its own, with limits on amounts, follows with refunds and payouts. */
export const permissionsOf: { readonly [role in MemberRole]: readonly Permission[] } = {
  owner: ['transaction.create', 'transaction.refund', 'payout.create', 'member.manage', 'merchant.manage', 'device.manage', 'report.view', 'audit.view'],
  manager: ['transaction.create', 'transaction.refund', 'member.manage', 'device.manage', 'report.view'],
  accountant: ['payout.create', 'report.view', 'audit.view'],
  cashier: ['transaction.create'],
  viewer: ['report.view'],
}

export const userStatus = () => oneOf(['active', 'suspended', 'closed'])
export const merchantStatus = () => oneOf(['onboarding', 'active', 'suspended', 'closed'])
export const settlementSchedule = () => oneOf(['instant', 'daily', 'weekly', 'manual'])
export const memberStatus = () => oneOf(['invited', 'active', 'revoked'])
export const devicePlatform = () => oneOf(['android', 'ios', 'web'])
export const deviceStatus = () => oneOf(['active', 'lost', 'revoked'])
export const normalSide = () => oneOf(['debit', 'credit'])
export const accountStatus = () => oneOf(['open', 'frozen', 'closed'])
export const direction = () => oneOf(['in', 'out'])
export const historySource = () => oneOf(['device', 'callback', 'poll', 'operator', 'system'])
export const idempotencyState = () => oneOf(['started', 'completed'])
export const auditOp = () => oneOf(['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'READ_EXPORT', 'GRANT', 'LOGIN'])
