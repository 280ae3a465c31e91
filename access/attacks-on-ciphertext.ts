import { attack, sql, type Actor, type SqlText } from 'pgintent'
import { accountant, cashier, manager, neighbour, nobody, owner, viewer } from './actors.ts'
import { soldAt } from './money.ts'
import { customerOf, managerA, ownerA, ownerB, shopA, shopB, viewerA } from './world.ts'
import { payoutA } from './payments.ts'
import { documentOf } from './staff.ts'

// Encrypted columns and the wrapped keys to them leave through two functions with rights of others, so no policy stands behind
// them. Each refusal has a counterpart that goes through.

const noPrivilege = { error: '42501' }
const [none, one, two] = [{ rows: 0 }, { rows: 1 }, { rows: 2 }]

const read = (table: string, id: string): SqlText => sql`select from api.read_encrypted(${table}, array[${id}]::uuid[])`
const keys = (purpose: string, of: SqlText = sql`null`): SqlText => sql`select from api.data_keys(${purpose}, ${of})`

const tries = (why: string, list: readonly (readonly [what: string, as: Actor, statement: SqlText, expect: { error: string } | { rows: number }])[]): void => {
  for (const [what, as, statement, expect] of list) attack(what, { as, sql: statement, expect, why })
}

tries('It hands out what is of the merchant of the request, and writes down that it did.', [
  ["a customer's ciphertext", owner, read('app.customers', customerOf(shopA)), one],
  ["another tenant's customer's ciphertext", owner, read('app.customers', customerOf(shopB)), none],
  ["a colleague's ciphertext", owner, read('app.users', managerA.user), one],
  ["another tenant's ciphertext", owner, read('app.users', ownerB.user), none],
  ["a document's ciphertext", manager, read('app.kyc_documents', documentOf(shopA)), one],
  ["another tenant's document's ciphertext", manager, read('app.kyc_documents', documentOf(shopB)), none],
  ["a merchant's ciphertext", owner, read('app.merchants', shopA.merchant), one],
  ["another tenant's tax number", owner, read('app.merchants', shopB.merchant), none],
  ['the destination of a payout', accountant, read('app.payouts', payoutA), one],
  ["another tenant's destination of a payout", neighbour, read('app.payouts', payoutA), none],
  ["a payer's number", cashier, read('app.transactions', soldAt.outlet), one],
  ["another tenant's payer's number", neighbour, read('app.transactions', soldAt.outlet), none],
])
tries('Who may not see it in the clear has no use for it, and gets none.', [
  ['a document decrypted by a cashier', cashier, read('app.kyc_documents', documentOf(shopA)), none],
  ['the destination of a payout, asked by a cashier', cashier, read('app.payouts', payoutA), none],
  ["a merchant's ciphertext, asked by a manager", manager, read('app.merchants', shopA.merchant), none],
  ["a payer's number at another outlet", cashier, read('app.transactions', soldAt.station), none],
  ["a payer's number at any outlet, asked by who works for all", manager, read('app.transactions', soldAt.station), one],
  ['a customer decrypted by a viewer', viewer, read('app.customers', customerOf(shopA)), none],
  ["a payer's number, asked by a viewer", viewer, read('app.transactions', soldAt.outlet), none],
  ["a colleague's name, asked by a viewer", viewer, read('app.users', managerA.user), none],
  ["a viewer's own name", viewer, read('app.users', viewerA.user), one],
])
attack('ciphertext without a request', { as: nobody, sql: read('app.users', ownerA.user), expect: noPrivilege, why: 'Nobody is no member.' })

tries("A merchant gets its own keys and the system's, and a customer's when it names a customer of its own.", [
  ['the keys to personal data', owner, keys('pii'), two],
  ["another tenant's keys", owner, sql`select from api.data_keys('pii') k where k.kek_ref not in ('kms://A', 'kms://system')`, none],
  ["the key of one's own customer", owner, keys('pii', sql`${customerOf(shopA)}`), one],
  ["the key of another tenant's customer", owner, keys('pii', sql`${customerOf(shopB)}`), none],
  ['the keys to documents', manager, keys('kyc'), one],
])
tries('Keys are for who works with what they open.', [
  ['the keys to documents, asked by a cashier', cashier, keys('kyc'), noPrivilege],
  ['the keys to personal data, asked by a cashier', cashier, keys('pii'), two],
  ['the keys to personal data, asked by a viewer', viewer, keys('pii'), noPrivilege],
  ['the key of a customer, asked by a viewer', viewer, keys('pii', sql`${customerOf(shopA)}`), noPrivilege],
  ['the keys to what is searched for, asked by a viewer', viewer, keys('blind_index'), noPrivilege],
])
attack('keys without a request', { as: nobody, sql: keys('pii'), expect: noPrivilege, why: 'Nobody is no member.' })
