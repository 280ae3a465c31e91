import { attack, outside, seed, sql, sqlText } from 'pgintent'
import { beginRequest, currentUserId, hasPermission } from '../schema/context.ts'
import { devices } from '../schema/people/devices.ts'
import { merchantMembers } from '../schema/people/members.ts'
import { merchants } from '../schema/people/merchants.ts'
import { users } from '../schema/people/users.ts'
import { accounts } from '../schema/money/accounts.ts'
import { ledgerEntries } from '../schema/money/ledger.ts'
import { transactions } from '../schema/money/transactions.ts'
import { auditLog } from '../schema/compliance/audit-log.ts'
import { accountBalances, accountStatement, transactionsMasked } from '../schema/views/money.ts'
import { analytics, auditor, cashier, closed, dba, ledger, migrator, neighbour, nobody, owner, support, worker } from './actors.ts'
import { transactionA, transactionB } from './money.ts'
import { cashierA, installOf, ownerA, ownerB, shared, shopA, shopB } from './world.ts'

const noPrivilege = { error: '42501' }
const none = { rows: 0 }
const merchantA = shopA.merchant
const merchantB = shopB.merchant

// The id of another tenant ------------------------------------------------------------------------------------------------

attack("another tenant's transaction by its id", {
  as: owner,
  sql: sql`select from ${transactions} where id = ${transactionB}`,
  expect: none,
  why: 'Row security hides it, however it is asked for.',
})
attack("another tenant's transaction through the view", {
  as: neighbour,
  sql: sql`select from ${transactionsMasked} where id = ${transactionA}`,
  expect: none,
  why: 'The view reads with the rights of who asks.',
})
attack('a member for another tenant', {
  as: owner,
  sql: sql`insert into ${merchantMembers} (merchant_id, user_id, role) values (${merchantB}, ${ownerA.user}, 'viewer')`,
  expect: noPrivilege,
  why: 'The policy compares the new row with the merchant of the request.',
})
attack('a device moved to another tenant', {
  as: owner, sql: sql`update ${devices} set merchant_id = ${merchantB}`, expect: noPrivilege, why: 'Nobody may update the tenant of a row.',
}) // prettier-ignore
attack("a reference to another tenant's device", {
  as: owner,
  sql: sql`update ${merchants} set origin_device_id = ${ownerB.phone}`,
  expect: { error: '23503' },
  why: 'Foreign keys ask no policies, so the key carries the tenant.',
})
attack('begin_request for a merchant one does not work for', {
  as: cashier, transactions: [{ context: false, sql: sql`select ${beginRequest}(${cashierA.user}, ${merchantB})`, expect: noPrivilege }], why: 'It checks membership before it says who is asking.',
}) // prettier-ignore
attack("begin_request with another person's device", {
  as: cashier, transactions: [{ context: false, sql: sql`select ${beginRequest}(${cashierA.user}, ${merchantA}, ${ownerA.phone})`, expect: noPrivilege }], why: 'A device speaks for its own user.',
}) // prettier-ignore
attack('a condition that fails on rows of others', {
  as: owner,
  sql: sql`select from ${transactions} where 1 / (case when merchant_id = ${merchantB} then 0 else 1 end) = 1`,
  expect: { rows: 3 },
  why: 'Policies are looked at before conditions, so an error tells nothing of hidden rows.',
})
attack("whether another tenant's install id exists", {
  as: owner,
  sql: sql`insert into ${devices} (merchant_id, user_id, install_id, platform, public_key) values (${merchantA}, ${ownerA.user}, ${installOf(ownerB.phone)}, 'ios', '\x01')`,
  expect: { error: '23505' },
  limit: true,
  why: 'A unique key over all tenants tells that a value is taken. Install ids are random, so nobody guesses one.',
})

// Partitions and views ----------------------------------------------------------------------------------------------------

const partition = outside('table', 'app', 'transactions_2026_01')
const quiet = outside('table', 'app', 'ledger_entries_2026_01')

attack('a partition by its own name', { as: owner, sql: sql`select from ${partition}`, expect: noPrivilege, why: 'Nothing is granted on partitions.' })
attack('a partition, asked by the migrator', {
  as: migrator,
  sql: sql`select from ${partition}`,
  expect: none,
  why: 'Partitions have row security of their own, forced and without a policy.',
})
attack('a partition truncated by its owner', {
  as: dba,
  sql: sql`truncate ${quiet}`,
  expect: { error: '55000' },
  why: "The table's guard does not fire for a partition, so each has its own.",
})

for (const [view, own] of [
  [transactionsMasked, 3],
  [accountBalances, 2],
  [accountStatement, 2],
] as const) {
  attack(`${view.ref.text} for another tenant`, {
    as: owner,
    sql: sql`select from ${view} where merchant_id = ${merchantB}`,
    expect: none,
    why: 'It reads with the rights of who asks.',
  })
  attack(`${view.ref.text} for one's own`, { as: owner, sql: sql`select from ${view}`, expect: { rows: own }, why: 'And it does show what they may see.' })
}

// Views that somebody made without thinking: they read with the rights of momo_owner.
const careless = (name: string, of: string) => `create view api.${name} as select * from ${of}; alter view api.${name} owner to momo_owner; grant select on api.${name} to momo_app`
seed(shared, sqlText(careless('careless_transactions', 'app.transactions')))
seed(shared, sqlText(careless('careless_accounts', 'app.accounts')))

attack("a view of the owner's on transactions", {
  as: owner,
  sql: sql`select from api.careless_transactions`,
  expect: none,
  why: 'Row security is forced: the owner itself sees nothing.',
})
attack("a view of the owner's on accounts", {
  as: owner,
  sql: sql`select from api.careless_accounts where merchant_id = ${merchantB}`,
  expect: { rows: 2 },
  limit: true,
  why: 'The owner sees accounts, as onboarding makes them, and so does a view without security_invoker. Lint refuses such a view.',
})

// No context, and what a pooled connection remembers ----------------------------------------------------------------------

attack('transactions without a request', {
  as: nobody,
  sql: sql`select from ${transactions}`,
  expect: none,
  why: 'Without context every current_… is NULL, and NULL equals nothing.',
})
attack('a permission without a request', { as: nobody, sql: sql`select ${hasPermission}('merchant.manage')`, expect: { value: 'false' }, why: 'Nobody is no member.' })
attack('the next request on a pooled connection', {
  as: owner,
  transactions: [
    { sql: sql`select from ${transactions}`, expect: { rows: 3 } },
    { context: false, sql: sql`select from ${transactions}`, expect: none },
  ],
  why: 'begin_request sets everything for one transaction only.',
})
attack('a session setting left on a pooled connection', {
  as: cashier,
  transactions: [
    { sql: sql`select set_config('app.merchant_id', ${merchantB}, false)`, expect: { rows: 1 } },
    { sql: sql`select from ${transactions} where merchant_id = ${merchantB}`, expect: none },
  ],
  why: 'begin_request at the start of the next transaction covers whatever the session remembers.',
})
attack('a session setting and no request after it', {
  as: cashier,
  transactions: [
    { sql: sql`select set_config('app.merchant_id', ${merchantB}, false)`, expect: { rows: 1 } },
    { context: false, sql: sql`select from ${transactions}`, expect: none },
  ],
  why: 'Only begin_request signs what it sets, and for its own transaction alone.',
})
attack('a member who has just been shut out', {
  as: owner,
  transactions: [
    { sql: sql`update ${merchantMembers} set status = 'revoked' where user_id = ${cashierA.user}`, expect: { rows: 1 } },
    { context: false, sql: sql`select ${beginRequest}(${cashierA.user}, ${merchantA})`, expect: noPrivilege },
  ],
  why: 'Membership is looked up at every request.',
})

attack('a person who is suspended', {
  as: dba,
  sql: [sql`update ${users} set status = 'suspended' where id = ${cashierA.user}`, sql`select ${beginRequest}(${cashierA.user}, ${merchantA})`],
  expect: noPrivilege,
  why: 'Whoever may not sign in begins no request.',
})

// Injected SQL: what it can do --------------------------------------------------------------------------------------------

const asMerchantB = sql`select set_config('app.merchant_id', ${merchantB}, true)`
const asOwnerB = sql`select set_config('app.user_id', ${ownerB.user}, true)`

attack('a closed merchant opened again', {
  as: closed,
  sql: sql`update ${merchants} set trading_name = 'open again'`,
  expect: noPrivilege,
  why: 'Whatever else allows a write, a restrictive policy asks whether the merchant is open.',
})
attack('injected set_config reads another tenant', {
  as: cashier, sql: [asMerchantB, sql`select from ${transactions}`], expect: none,
  why: 'The signature no longer fits, and then nobody is asking.',
}) // prettier-ignore
attack('injected set_config gives no permission there', {
  as: cashier, sql: [asMerchantB, sql`update ${merchants} set trading_name = 'mine'`], expect: none, why: 'Permissions follow from membership, which is a row and no setting.',
}) // prettier-ignore
attack('injected set_config of user and tenant', {
  as: cashier, sql: [asMerchantB, asOwnerB, sql`update ${merchants} set trading_name = 'mine'`], expect: none,
  why: 'Knowing both ids is not enough: only begin_request signs.',
}) // prettier-ignore
attack('injected set_config of the user alone', {
  as: cashier, sql: [asOwnerB, sql`update ${users} set locale = 'lg'`], expect: none,
  why: 'A person is nobody without the signature, where no policy asks for the merchant.',
}) // prettier-ignore
attack('begin_request as a colleague', {
  as: cashier, sql: sql`select ${beginRequest}(${ownerA.user}, ${merchantA})`, expect: noPrivilege, why: 'One transaction serves one request.',
}) // prettier-ignore
attack('begin_request as a colleague, once the cursor that marks the request is closed', {
  as: cashier,
  sql: [sql`close momo_request`, sql`select ${beginRequest}(${ownerA.user}, ${merchantA})`, sql`select ${currentUserId}()`],
  expect: { value: ownerA.user },
  limit: true,
  why: 'Who may send statements of their own can end the transaction as well: the database believes the service.',
})

// Injected SQL: what it cannot do -----------------------------------------------------------------------------------------

const refused: readonly (readonly [what: string, statement: ReturnType<typeof sql>])[] = [
  ['row_security = off', sql`set row_security = off; select from ${transactions}`],
  ['SET ROLE to the owner', sql`set role momo_owner`],
  ['SET SESSION AUTHORIZATION', sql`set session authorization momo_worker`],
  ['triggers silenced', sql`set session_replication_role = replica`],
  ['a guard switched off', sql`alter table ${merchants} disable trigger all`],
  ['a policy dropped', sql`drop policy own on ${merchants}`],
  ['row security switched off', sql`alter table ${transactions} disable row level security`],
  ['TRUNCATE', sql`truncate ${merchantMembers}`],
  ['DELETE', sql`delete from ${merchantMembers}`],
  ['a function of its own in app', sql`create function app.mine() returns int language sql return 1`],
  ['a balance changed', sql`update ${accounts} set balance_minor = 1000000`],
  ['a ledger entry made up', sql`insert into ${ledgerEntries} default values`],
  ['a transaction made up', sql`insert into ${transactions} default values`],
  ['the audit log changed', sql`update ${auditLog} set actor_user_id = null`],
  ['ciphertext read', sql`select payer_enc from ${transactions}`],
  ['planner statistics read', sql`select from pg_statistic`],
  ['a file of the server read', sql`select pg_read_file('postgresql.conf')`],
  ['a program run', sql`copy (select 1) to program 'true'`],
]
for (const [what, statement] of refused)
  attack(`injected: ${what}`, { as: owner, sql: statement, expect: noPrivilege, why: 'The services own nothing and are granted no more than they need.' })

attack('a name in pg_temp to mislead functions with rights of others', {
  as: cashier,
  sql: [
    sql`create temp table merchant_members as select ${merchantA}::uuid as merchant_id, ${cashierA.user}::uuid as user_id, 'owner' as role, 'active' as status, null::timestamptz as deleted_at`,
    sql`select ${hasPermission}('merchant.manage')`,
  ],
  expect: { value: 'false' },
  why: 'Functions with the rights of their owner look names up in pg_catalog first and name their tables in full.',
})

// Those who are trusted, beyond their trust -------------------------------------------------------------------------------

attack('the worker changes an amount', {
  as: worker,
  sql: sql`update ${transactions} set amount_minor = 1`,
  expect: noPrivilege,
  why: 'It may update how far a transaction has come, and nothing else.',
})
attack('the worker reads people', { as: worker, sql: sql`select from ${users}`, expect: noPrivilege, why: 'It charges numbers, not people.' })
attack('support reads ciphertext', { as: support, sql: sql`select payer_enc from ${transactions}`, expect: noPrivilege, why: 'Column grants leave it out.' })
attack('analytics reads blind indexes', {
  as: analytics,
  sql: sql`select payer_bidx from ${transactions}`,
  expect: noPrivilege,
  why: 'Whoever could join on them could recognise people.',
})
attack('the auditor writes', { as: auditor, sql: sql`insert into ${auditLog} (db_role) values ('x')`, expect: { error: '25006' }, why: 'Its transactions are read-only.' })
attack('the auditor writes in a transaction that may', {
  as: auditor, sql: [sql`set transaction read write`, sql`insert into ${auditLog} (db_role, table_name, op) values ('x', 'x', 'INSERT')`], expect: noPrivilege, why: 'Read-only is a default; the privilege is not there either.',
}) // prettier-ignore
attack('a journal that does not balance', {
  as: ledger,
  sql: sql`
    insert into ${ledgerEntries} (merchant_id, transaction_id, account_id, currency, amount_minor, balance_after_minor, account_version, entry_seq)
    select merchant_id, ${transactionA}, id, currency, 100, 100, 2, 1 from ${accounts} where merchant_id = ${merchantA}`,
  expect: { error: '23514' },
  why: 'A statement trigger adds up all legs.',
})
attack('a journal changed by a migration', {
  as: migrator,
  sql: sql`update ${ledgerEntries} set amount_minor = 1`,
  expect: { error: '55000' },
  why: 'No setting turns the guard off.',
})
attack('the audit log emptied by a migration', { as: migrator, sql: sql`delete from ${auditLog}`, expect: { error: '55000' }, why: 'Old rows leave with their partition.' })
attack('the guard switched off by a migration', {
  as: migrator,
  sql: [sql`alter table ${ledgerEntries} disable trigger a0_append_only`, sql`delete from ${ledgerEntries} where merchant_id = ${merchantA}`],
  expect: { rows: 2 },
  limit: true,
  why: 'Who may change tables may remove their guards. Plans show it, drift finds it; sealed ranges of the audit log prove it.',
})
