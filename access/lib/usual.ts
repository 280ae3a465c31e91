import { unnoticed, type Access, type AccessCells } from 'pgintent'
import { backOffice, cashier, dba, ledger, members, migrator, nobody, operators, phone, worker } from '../actors.ts'

// What most tables have in common, to be put together: a pair that comes later counts more, and whoever is in none is expected to
// be denied everything. A new table needs rows of A and of B in the file of its area, and one line of access: until then
// `schema test` says what it observed of it.

/** A merchant's people read its rows; without a request nobody reads any. */
export const tenantReads: AccessCells = [
  [members, { select: 'own' }],
  [nobody, { select: 'nothing' }],
]

/** Who is bound to an outlet sees what is of that outlet. */
export const atTheOutlet: AccessCells = [[[cashier, phone], { select: ['A/outlet'] }]]

/** Masked or not, their grants say; row security shows them every merchant. */
export const watched: AccessCells = [[[worker, ...backOffice], { select: 'all' }]]

/** What the posting functions may do on behalf of everybody. */
export const posted = (more: Access): AccessCells => [[ledger, { select: 'all', ...more }]]

const everything: Access = { select: 'all', insert: 'all', update: 'all', delete: 'all', truncate: 'refused' }
const nothing: Access = { select: 'nothing', insert: 'nothing', update: 'nothing', delete: 'nothing', truncate: 'refused' }
const appended: Access = { select: 'all', insert: 'all', update: 'refused', delete: 'refused', truncate: 'refused' }

/** Migrations reach every row; the owner, whose functions work for users, too. Nobody truncates. */
export const operated: AccessCells = [[operators, everything]]

// The migrator is a member of every role that owns something, so their policies let it through as well.
unnoticed(/ policy migrations: dropped$/, {
  why: 'momo_migrator is a member of momo_owner and momo_ledger, whose policies let it through too. Its own holds where it is a member no longer, and for tables without theirs.',
})

/** The same, but row security is forced on the owner and lets it see nothing. */
export const migrated: AccessCells = [
  [migrator, everything],
  [dba, nothing],
]

/** Append-only, and functions of the owner write it. */
export const keptByOwner: AccessCells = [[operators, appended]]

/** Append-only: not even a migration changes a row. */
export const kept: AccessCells = [
  [migrator, appended],
  [dba, nothing],
]
