import { attack, sql, type Actor, type SqlText } from 'pgintent'
import { beginRequest } from '../schema/context.ts'
import { merchantMembers } from '../schema/people/members.ts'
import { accountant, cashier, closed, closedPhone, manager, neighbour, owner, partner, viewer } from './actors.ts'
import { soldAt, walletB } from './money.ts'
import { payoutA, refundA, refundAt, requestAtOutlet, requestAtStation } from './payments.ts'
import { customerOf, managerA, shopA, shopC } from './world.ts'

// Within one's own merchant, beyond one's part: acts that need two people, other outlets, and a merchant that is closed. Functions
// with rights of others do all of these, so no policy stands behind them. Each refusal has a counterpart that goes through.

const noPrivilege = { error: '42501' }
const unknown = { error: 'MM404' }
const done = { rows: 1 }

const tries = (why: string, list: readonly (readonly [what: string, as: Actor, statement: SqlText, expect: { error: string } | { rows: number } | { value: string }])[]): void => {
  for (const [what, as, statement, expect] of list) attack(what, { as, sql: statement, expect, why })
}

// Two people ----------------------------------------------------------------------------------------------------------------

const decidesPayout = sql`select api.approve_payout(${payoutA})`
const decidesRefund = sql`select api.approve_refund(${refundA})`

tries('Who asked for money to leave does not agree to it, another of the same merchant does.', [
  ['a payout approved by who asked for it', owner, decidesPayout, { error: 'MM403' }],
  ['a payout approved by a partner', partner, decidesPayout, done],
  ['a payout approved by the accountant', accountant, decidesPayout, done],
  ['a refund approved by who asked for it', owner, decidesRefund, { error: 'MM403' }],
  ['a refund approved by the manager', manager, decidesRefund, done],
])
tries('Each function asks for a permission.', [
  ['a payout approved by a manager, who may only ask for one', manager, decidesPayout, noPrivilege],
  ['a payout approved by a viewer', viewer, decidesPayout, noPrivilege],
  ['a refund approved by a cashier', cashier, decidesRefund, noPrivilege],
])
tries('Each function looks among the rows of its merchant alone.', [
  ["another tenant's payout approved", neighbour, decidesPayout, unknown],
  ["another tenant's refund approved", neighbour, decidesRefund, unknown],
  ["another tenant's sale refunded", neighbour, refundOf(soldAt.outlet, 1), unknown],
  ["another tenant's payment request cancelled", neighbour, sql`select api.cancel_payment_request(${requestAtOutlet})`, unknown],
  [
    "a payout from another tenant's wallet",
    owner,
    sql`select api.request_payout(${walletB}, 1, 'momo', ${destination()}, sha256('n'), '0001', 'a key of 16 chars and more')`,
    unknown,
  ],
])

function destination(): SqlText {
  return sql`decode('01' || repeat('00', 45), 'hex')`
}

// Limits and outlets ----------------------------------------------------------------------------------------------------------

function refundOf(sale: string, amount: number): SqlText {
  return sql`select api.create_refund(${sale}, ${amount}, 'broken', 'a key of 16 chars and more') ->> 'status'`
}

tries('Above the limit of who asks it waits for another.', [
  ['a refund within the limit of a cashier', cashier, refundOf(soldAt.outlet, 1), { value: 'pending' }],
  ['a refund above the limit of a cashier', cashier, refundOf(soldAt.outlet, 150_000), { value: 'requested' }],
])
tries('Who is bound to an outlet does nothing at another.', [
  ['a sale at another outlet refunded', cashier, refundOf(soldAt.station, 1), unknown],
  ['a sale at another outlet refunded by who works for all', manager, refundOf(soldAt.station, 1), { value: 'pending' }],
  ['a payment request at another outlet cancelled', cashier, sql`select api.cancel_payment_request(${requestAtStation})`, unknown],
  ['a payment request cancelled', cashier, sql`select api.cancel_payment_request(${requestAtOutlet})`, done],
  ['a sale for another outlet', cashier, sells(sql`outlet_id => ${shopA.station}`), noPrivilege],
  ['a sale for a payment request at another outlet', cashier, sells(sql`payment_request_id => ${requestAtStation}`), unknown],
  ['a sale for a payment request', cashier, sells(sql`payment_request_id => ${requestAtOutlet}`), done],
])

function sells(more: SqlText): SqlText {
  return sql`select api.submit_transaction(null, 'a key of 16 chars and more', 'collection', 20, 'UGX', ${more})`
}

// A manager who is bound to an outlet meanwhile.
const bound = { sql: sql`update ${merchantMembers} set outlet_id = ${shopA.outlet} where user_id = ${managerA.user}`, expect: done }
for (const [where, refund, expect] of [
  ['another outlet', refundAt.station, unknown],
  ["one's own outlet", refundAt.outlet, done],
] as const)
  attack(`a refund at ${where} approved by a manager who has just been bound to one`, {
    as: owner,
    transactions: [bound, { context: false, sql: [sql`select ${beginRequest}(${managerA.user}, ${shopA.merchant})`, sql`select api.approve_refund(${refund})`], expect }],
    why: 'Who is bound to an outlet decides on what was done there.',
  })

// Closed ----------------------------------------------------------------------------------------------------------------------

const closedFor = { error: 'MM403' }
tries('A closed merchant moves no money.', [
  ['a closed merchant sells', closed, sells(sql`reference => 'x'`), closedFor],
  ['a closed merchant approves a payout', closed, decidesPayout, closedFor],
  [
    'a closed merchant asks for a payout',
    closed,
    sql`select api.request_payout(${shopC.merchant}, 1, 'momo', ${destination()}, sha256('n'), '0001', 'a key of 16 chars and more')`,
    closedFor,
  ],
  ['a closed merchant gives money back', closed, refundOf(soldAt.outlet, 1), closedFor],
  ['a phone of a closed merchant pushes', closedPhone, sql`select api.sync_push(1, '[]')`, noPrivilege],
])
tries('It is read, and the people it knew may be erased: their right does not end with the merchant.', [
  ['a phone of a closed merchant pulls', closedPhone, sql`select jsonb_array_length(api.sync_pull('customers') -> 'rows')`, { value: '1' }],
  ['a closed merchant erases a customer', closed, sql`select api.erase_customer(${customerOf(shopC)}, 'asked for it')`, done],
  ["a closed merchant erases another tenant's customer", closed, sql`select api.erase_customer(${customerOf(shopA)}, 'asked for it')`, unknown],
  ['a viewer erases a customer', viewer, sql`select api.erase_customer(${customerOf(shopA)}, 'asked for it')`, noPrivilege],
])
