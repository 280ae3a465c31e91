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

/**
 * Two are opened and not posted to yet. merchant_pending is for schemes that credit a merchant before their provider has paid us;
 * here money is in the wallet when the provider says so, and not before. customer_clearing is for transfers between customers of
 * ours, which would pass through neither a wallet nor a float.
 */
export const accountKinds = [
  'merchant_wallet', 'merchant_pending', 'merchant_settlement', 'customer_clearing', 'provider_float', 'fee_income', 'suspense',
] as const // prettier-ignore
export type AccountKind = Of<typeof accountKinds>
export const accountKind = () => oneOf(accountKinds)

/** From the most trusted down: nobody gives a role above their own. */
export const memberRoles = ['owner', 'manager', 'accountant', 'cashier', 'viewer'] as const
export type MemberRole = Of<typeof memberRoles>
export const memberRole = () => oneOf(memberRoles)

export const permissions = [
  'transaction.create', 'transaction.refund', 'refund.approve', 'payout.create', 'payout.approve', 'payment_request.create', 'customer.manage', 'customer.erase', 'pii.view',
  'outlet.manage', 'device.manage', 'member.manage', 'merchant.manage', 'kyc.manage', 'api_key.manage', 'webhook.manage', 'conflict.resolve', 'report.view', 'audit.view',
] as const // prettier-ignore
export type Permission = Of<typeof permissions>
export const permission = () => oneOf(permissions)

/** What each role may do. ops.load_reference_data() puts it into app.role_permissions. */
export const permissionsOf: { readonly [role in MemberRole]: readonly Permission[] } = {
  owner: permissions,
  manager: [
    'transaction.create', 'transaction.refund', 'refund.approve', 'payout.create', 'payment_request.create', 'customer.manage', 'pii.view', 'outlet.manage', 'device.manage',
    'member.manage', 'kyc.manage', 'conflict.resolve', 'report.view',
  ], // prettier-ignore
  accountant: ['payout.create', 'payout.approve', 'pii.view', 'report.view', 'audit.view'],
  cashier: ['transaction.create', 'transaction.refund', 'payment_request.create', 'customer.manage', 'pii.view'],
  viewer: ['report.view'],
}

/**
 * How much somebody may move alone, by one act (`once`) and by all of 24 hours (`aDay`), in units worth about as much in every
 * currency (a US dollar, in round figures: `iso4217` in reference-data.ts has them). No number: no limit.
 */
export const limitsOf: { readonly [role in MemberRole]?: { readonly [permission in Permission]?: { readonly once: number; readonly aDay?: number } } } = {
  manager: { 'transaction.refund': { once: 1250, aDay: 5000 }, 'payout.create': { once: 5000 } },
  cashier: { 'transaction.refund': { once: 25, aDay: 100 } },
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
/** Here a key is written together with its answer, so always completed; started is for an answer that needs a second transaction. */
export const idempotencyState = () => oneOf(['started', 'completed'])
export const auditOp = () => oneOf(['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'READ_EXPORT', 'ERASE', 'DECISION', 'DDL', 'GRANT', 'LOGIN'])

export const kycDocumentType = () => oneOf(['national_id', 'passport', 'business_cert', 'tax_cert', 'proof_of_address', 'other'])
export const reviewStatus = () => oneOf(['pending', 'approved', 'rejected', 'expired'])

/** remittance, and of the operations deposit, requesttowithdraw and payment, are the provider's: name-at-provider.ts says why none of our types is one. */
export const providerProduct = () => oneOf(['collection', 'disbursement', 'remittance'])
export const providerOperation = () => oneOf(['requesttopay', 'transfer', 'deposit', 'refund', 'requesttowithdraw', 'payment'])
export const paymentRequestKind = () => oneOf(['qr', 'link', 'invoice'])
export const paymentRequestStatus = () => oneOf(['open', 'paid', 'expired', 'cancelled'])
export const refundStatus = () => oneOf(['requested', 'approved', 'pending', 'successful', 'failed', 'rejected'])
/** One is made closed. open is for a period that is shown while it runs, failed for one that was given up: a person says so, no function does. */
export const settlementStatus = () => oneOf(['open', 'closed', 'paid', 'failed'])
export const payoutStatus = () => oneOf(['requested', 'scheduled', 'pending', 'successful', 'failed', 'cancelled'])
export const payoutDestination = () => oneOf(['momo', 'bank'])

export const tombstoneReason = () => oneOf(['deleted', 'scope_lost', 'erased'])
export const conflictResolution = () => oneOf(['server_won', 'merged', 'client_won', 'manual', 'rejected'])

export const outboxStatus = () => oneOf(['waiting', 'delivered', 'given_up'])
export const endpointStatus = () => oneOf(['active', 'paused', 'failing'])

export const webhookTopics = ['transaction.completed', 'refund.completed', 'payout.completed', 'settlement.closed', 'payment_request.paid'] as const
export type WebhookTopic = Of<typeof webhookTopics>
export const notificationKind = () => oneOf(['transaction', 'refund', 'payout', 'settlement', 'security', 'kyc', 'sync_conflict'])

export const retentionAnchor = () => oneOf(['created', 'completed', 'relationship_end', 'last_activity'])
export const retentionAction = () => oneOf(['drop_partition', 'archive_then_drop', 'delete', 'crypto_shred', 'anonymise'])
export const keyPurpose = () => oneOf(['pii', 'kyc', 'provider_payload', 'blind_index'])
export const keyStatus = () => oneOf(['active', 'retiring', 'destroyed'])
