import { attack, sql, sqlText } from 'pgintent'
import { beginRequest } from '../schema/context.ts'
import { kycDocuments } from '../schema/people/kyc-documents.ts'
import { merchantMembers } from '../schema/people/members.ts'
import { users } from '../schema/people/users.ts'
import { cashier, manager, neighbour, nobody, owner } from './actors.ts'
import { accountantA, cashierA, managerA, ownerA, ownerB, partnerA, shopA, viewerA, type Person } from './world.ts'

// Who decides about members, and how far a role reaches that may.

const noPrivilege = { error: '42501' }
const merchant = shopA.merchant
const [outlet, stranger] = [shopA.outlet, ownerB.user]
const of = (who: Person) => sql`where user_id = ${who.user}`
const invite = (role: string, user: string) => sql`insert into ${merchantMembers} (merchant_id, user_id, role) values (${merchant}, ${user}, ${role})`

attack('a manager invites an accountant, to have their own payouts approved', {
  as: manager, sql: invite('accountant', stranger), expect: noPrivilege, why: 'An accountant ranks lower and still may what a manager may not: nobody gives what they lack.',
}) // prettier-ignore
attack('a manager makes a cashier an accountant', {
  as: manager, sql: sql`update ${merchantMembers} set role = 'accountant' ${of(cashierA)}`, expect: noPrivilege, why: 'Another role is given as a first one is.',
}) // prettier-ignore
attack('a manager lets an accountant back in', {
  as: owner,
  transactions: [
    { sql: sql`update ${merchantMembers} set status = 'revoked' ${of(accountantA)}`, expect: { rows: 1 } },
    {
      context: false,
      sql: [sql`select ${beginRequest}(${managerA.user}, ${merchant})`, sql`update ${merchantMembers} set status = 'invited' ${of(accountantA)}`],
      expect: noPrivilege,
    },
  ],
  why: 'So is one that was taken away.',
})
attack('a manager shuts an accountant out', {
  as: manager, sql: sql`update ${merchantMembers} set status = 'revoked' ${of(accountantA)}`, expect: { rows: 1 }, why: 'Taking away is for whoever ranks higher.',
}) // prettier-ignore
attack('a manager shuts the owner out', {
  as: manager, sql: sql`update ${merchantMembers} set status = 'revoked' ${of(ownerA)}`, expect: noPrivilege, why: 'Nobody touches who ranks higher.',
}) // prettier-ignore
attack('a manager binds the owner to an outlet', {
  as: manager, sql: sql`update ${merchantMembers} set outlet_id = ${outlet} ${of(ownerA)}`, expect: noPrivilege, why: 'The outlet is a part of what somebody may, as the role is.',
}) // prettier-ignore
attack('an owner who changes their own role', {
  as: owner, sql: sql`update ${merchantMembers} set role = 'viewer' ${of(ownerA)}`, expect: noPrivilege, why: 'Nobody changes their own, not even downwards.',
}) // prettier-ignore
const partnerLeaves = sql`update ${merchantMembers} set status = 'revoked' ${of(partnerA)}`
attack('an owner leaves and another stays', {
  as: owner,
  sql: sql`update ${merchantMembers} set status = 'revoked' ${of(ownerA)}`,
  expect: { rows: 1 },
  why: 'Leaving is for themselves to decide.',
})
attack('the last owner leaves', {
  as: owner, sql: [partnerLeaves, sql`update ${merchantMembers} set status = 'revoked' ${of(ownerA)}`], expect: { error: 'MM403' }, why: 'Nobody could let anybody in again.',
}) // prettier-ignore
attack('the last owner deletes their membership', {
  as: owner, sql: [partnerLeaves, sql`update ${merchantMembers} set deleted_at = now() ${of(ownerA)}`], expect: { error: 'MM403' }, why: 'Leaving has two columns.',
}) // prettier-ignore

const bound = (what: string, statement: ReturnType<typeof sql>, expect: { readonly error: string } | { readonly rows: number }, why: string) =>
  attack(`a manager of one outlet ${what}`, {
    as: owner,
    transactions: [
      { sql: sql`update ${merchantMembers} set outlet_id = ${outlet} ${of(managerA)}`, expect: { rows: 1 } },
      { context: false, sql: [sql`select ${beginRequest}(${managerA.user}, ${merchant})`, statement], expect },
    ],
    why,
  })
bound('frees themselves', sql`update ${merchantMembers} set outlet_id = null ${of(managerA)}`, noPrivilege, 'Nobody changes their own outlet.')
bound('invites somebody for all outlets', invite('manager', stranger), noPrivilege, 'Who is bound gives no more than their outlet.')
bound('shuts somebody out who works everywhere', sql`update ${merchantMembers} set status = 'revoked' ${of(viewerA)}`, noPrivilege, 'Who is bound decides about the outlet alone.')
bound('shuts a cashier of theirs out', sql`update ${merchantMembers} set status = 'revoked' ${of(cashierA)}`, { rows: 1 }, 'And about the outlet they do decide.')

// Nobody is made a member ------------------------------------------------------------------------------------------------

attack('a stranger made a member at once', {
  as: owner,
  sql: sql`insert into ${merchantMembers} (merchant_id, user_id, role, status) values (${merchant}, ${stranger}, 'viewer', 'active')`,
  expect: noPrivilege,
  why: 'The status is not the inviter’s to write.',
})
attack('a stranger invited, to read who they are', {
  as: owner, sql: [invite('viewer', stranger), sql`select from ${users} where id = ${stranger}`], expect: { rows: 0 }, why: 'Colleagues are those who have accepted.',
}) // prettier-ignore
attack('a stranger invited, to decrypt who they are', {
  as: owner, sql: [invite('viewer', stranger), sql`select from api.read_encrypted('app.users', array[${stranger}]::uuid[])`], expect: { rows: 0 }, why: 'The same rule where ciphertext is handed out.',
}) // prettier-ignore
attack('an identity document about a stranger', {
  as: owner,
  sql: sql`insert into ${kycDocuments} (merchant_id, subject_user_id, doc_type, content_sha256) values (${merchant}, ${stranger}, 'passport', sha256('scan'))`,
  expect: { error: 'MM403' },
  why: 'Documents are about those who work there.',
})
attack('an invitation accepted by who made it', {
  as: owner,
  sql: [invite('viewer', stranger), sql`update ${merchantMembers} set status = 'active' ${of(ownerB)}`],
  expect: noPrivilege,
  why: 'Nobody becomes an active member but by their own word.',
})
attack('an invitation accepted in a request for another merchant', {
  as: neighbour, sql: sql`select api.accept_invitation(${merchant})`, expect: noPrivilege, why: 'A key of a merchant must not speak for its maker.',
}) // prettier-ignore
attack('an invitation that nobody made', {
  as: nobody,
  transactions: [{ context: false, sql: [sql`select ${beginRequest}(${stranger})`, sql`select api.accept_invitation(${merchant})`], expect: { error: 'MM404' } }],
  why: 'Only what was offered can be accepted.',
})
attack('an invitation accepted without a request', { as: nobody, sql: sql`select api.accept_invitation(${merchant})`, expect: noPrivilege, why: 'Nobody was invited.' })

// What the server says of a row, said by who inserts it --------------------------------------------------------------------

for (const [column, value] of [
  ['sync_xid', '1'],
  ['created_at', '1999-01-01'],
  ['row_version', '99'],
] as const)
  attack(`a customer with a ${column} of one's own`, {
    as: cashier, sql: sql`insert into app.customers (merchant_id, ${sqlText(column)}) values (${merchant}, ${value})`, expect: noPrivilege, why: 'What the server writes is not granted.',
  }) // prettier-ignore
attack('an id that tells no time', {
  as: cashier,
  sql: sql`insert into app.customers (id, merchant_id) values ('7a1e7f5e-1c1f-4b0e-9d4e-0123456789ab', ${merchant})`,
  expect: { error: '23514' },
  why: 'Clients may make ids, of version 7 alone.',
})
