import { attack, sql, sqlText } from 'pgintent'
import { compliance, ledger, manager, nobody, onboarding, owner, phone, retention, support, worker } from './actors.ts'
import { toReencrypt } from '../schema/keys/reencrypt.ts'
import { setMerchantStatus } from '../schema/ops/set-status.ts'
import './payments.ts'
import { transactionB } from './money.ts'
import { ownerA, shopA, shopB } from './world.ts'

// What is not a table's privilege: functions with rights of others, keys, and acts that need two people.

const noPrivilege = { error: '42501' }
const none = { rows: 0 }

for (const [name, statement] of [
  [
    'a refund written past its function',
    sql`insert into app.refunds (merchant_id, original_transaction_id, amount_minor, currency, reason, requested_by) values (${shopA.merchant}, ${transactionB}, 1, 'UGX', 'x', ${ownerA.user})`,
  ],
  ['a payout approved past its function', sql`update app.payouts set approved_by = ${ownerA.user}`],
  ['a journal posted by the API', sql`select app.post_journal(${transactionB}, '{}')`],
  ['a transaction settled by the API', sql`select api.settle_transaction('mtn_momo', 'sandbox', gen_random_uuid(), 'SUCCESSFUL')`],
  ['data keys read past their function', sql`select from app.encryption_keys`],
  ['the key that signs requests', sql`select from ops.context_keys`],
  ['the signature of a request', sql`select app.context_signature()`],
  ['a webhook secret read by the app', sql`select secret_enc from app.webhook_endpoints`],
  ['a customer decrypted past its function', sql`select display_name_enc from app.customers`],
  ['a legal hold lifted by a merchant', sql`update app.legal_holds set released_at = now()`],
  ['partitions made by the API', sql`select ops.ensure_partitions(1)`],
  ['the audit log sealed by the API', sql`select ops.seal_audit()`],
] as const)
  // prettier-ignore
  attack(name, { as: owner, sql: statement, expect: noPrivilege, why: 'Nothing is granted: functions with rights of others are the only way, and each asks who is asking.' })

attack("another tenant's payment request by its token", {
  as: owner,
  sql: sql`select from app.payment_requests where public_token like 'token%' and merchant_id = ${shopB.merchant}`,
  expect: none,
  why: 'A token is presented to a function, never searched for.',
})
attack('support places a legal hold', {
  as: support,
  sql: sql`insert into app.legal_holds (range, reason) values ('[2026-01-01,2026-02-01)', 'xxx')`,
  expect: { error: '25006' },
  why: 'Its sessions are read-only, and nothing is granted.',
})
for (const [what, statement] of [
  ['places a legal hold as somebody else', sql`insert into app.legal_holds (range, reason, placed_by) values ('[2026-01-01,2026-02-01)', 'xxx', 'me')`],
  ['lifts a legal hold as somebody else', sql`update app.legal_holds set released_at = now(), released_by = 'me'`],
  ['reviews a document as somebody else', sql`update app.kyc_documents set review_status = 'approved', reviewed_by = 'me'`],
] as const)
  attack(`compliance ${what}`, { as: compliance, sql: statement, expect: noPrivilege, why: 'Who decided is who logged in: a trigger writes it down.' })
attack('compliance places a legal hold', {
  as: compliance,
  sql: sql`insert into app.legal_holds (range, reason) values ('[2026-01-01,2026-02-01)', 'xxx') returning placed_by`,
  expect: { value: 'momo_compliance' },
  why: 'The login is what is written down.',
})
attack('compliance lifts a legal hold again', {
  as: compliance,
  sql: [sql`update app.legal_holds set released_at = now()`, sql`update app.legal_holds set released_at = null`],
  expect: { error: 'MM403' },
  why: 'Who lifted it stays written down.',
})
attack('compliance approves a retention run by hand', {
  as: compliance,
  sql: sql`update app.retention_runs set approved_by = 'me', approved_at = now()`,
  expect: noPrivilege,
  why: 'Asking and approving are functions, which know who logged in.',
})
attack('compliance moves money', { as: compliance, sql: sql`update app.accounts set balance_minor = 0`, expect: noPrivilege, why: 'It sees no money.' })
attack('retention deletes as it likes', { as: retention, sql: sql`delete from app.customers`, expect: noPrivilege, why: 'It runs functions, which ask for approval.' })
attack('the ledger role makes a merchant', {
  as: ledger,
  sql: sql`insert into app.merchants (legal_name, trading_name, country, default_currency, merchant_code) values ('x', 'x', 'UG', 'UGX', 'x')`,
  expect: noPrivilege,
  why: 'It owns the posting functions and nothing else.',
})
attack('the worker writes the status of a transaction', {
  as: worker,
  sql: sql`update app.transactions set status = 'successful', completed_at = now()`,
  expect: noPrivilege,
  why: 'A status without a journal would be money from nothing.',
})
attack('a manager makes an owner', {
  as: manager,
  sql: sqlText(`update app.merchant_members set role = 'owner'`),
  expect: noPrivilege,
  why: 'Nobody makes somebody more trusted than themselves.',
})
attack('onboarding makes its merchant active', {
  as: onboarding,
  sql: sql`select ${setMerchantStatus}(${shopA.merchant}, 'active', 'as I like')`,
  expect: noPrivilege,
  why: 'Who takes a merchant in does not decide that its documents are in order.',
})
attack('compliance reads a retiring key off', {
  as: compliance, sql: sql`select from ${toReencrypt}(${shopA.merchant}, 'app.customers')`, expect: noPrivilege, why: 'Only the worker encrypts anew.',
}) // prettier-ignore
