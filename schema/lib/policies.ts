import { and, sql, type Interpolated, type PolicySpec, type RoleLike, type SqlText } from 'pgintent'
import { can, merchantIsOpen, ofTheOutlet, theMerchant } from '../context.ts'
import type { Permission } from '../values.ts'
import { momoApp, momoLedger, momoMigrator, momoOwner } from '../roles.ts'

// An UPDATE says its condition once: without a check of its own PostgreSQL holds the changed row to the same one.

type OfTenant = PolicySpec<'merchant_id'>

/** The rows of the merchant that this request serves, and for `also` only those of them. */
export const tenantReads = (also?: SqlText): OfTenant => ({
  for: 'select',
  to: momoApp,
  using: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, ...(also === undefined ? [] : [also])),
})

type OfOutlet = PolicySpec<'merchant_id' | 'outlet_id'>

/** The same, and for a user who is bound to one outlet only what was done there. */
export const outletReads: OfOutlet = {
  for: 'select',
  to: momoApp,
  using: (c) => and(sql`${c.merchant_id} = ${theMerchant}`, ofTheOutlet(c.outlet_id)),
}

/** Inserts and updates of the merchant's rows, for who has the permission. */
export const tenantWrites = (permission: Permission): { insert: OfTenant; update: OfTenant } => {
  const allowed = (c: { merchant_id: Interpolated }) => and(sql`${c.merchant_id} = ${theMerchant}`, can(permission))
  return { insert: { for: 'insert', to: momoApp, check: allowed }, update: { for: 'update', to: momoApp, using: allowed } }
}

/** The same for rows of an outlet. */
export const outletWrites = (permission: Permission): { insert: OfOutlet; update: OfOutlet } => {
  const allowed = (c: { merchant_id: Interpolated; outlet_id: Interpolated }) => and(sql`${c.merchant_id} = ${theMerchant}`, ofTheOutlet(c.outlet_id), can(permission))
  return { insert: { for: 'insert', to: momoApp, check: allowed }, update: { for: 'update', to: momoApp, using: allowed } }
}

/** Every row, for roles that work for all merchants; which columns, their grants say. */
export const allRows = (to: RoleLike | readonly RoleLike[], command: 'all' | 'select' = 'all'): PolicySpec<never> =>
  command === 'select' ? { for: 'select', to, using: sql`true` } : { for: command, to, using: sql`true`, check: sql`true` }

/** Row security is forced, so the posting functions see nothing without it: their owner does not own the tables. */
export const ledger = { ledger: allRows(momoLedger) }

/** The same for the functions that momo_owner lends its rights to (begin_request, has_permission, and those of the back office). */
export const owner = { owner: allRows(momoOwner) }

/**
 * Row security binds migrations too: without this a backfill changes no row, and a new foreign key counts as validated although
 * nobody looked, both in silence.
 */
export const migrations = { migrations: allRows(momoMigrator) }

const whenOpen: Omit<PolicySpec<never>, 'for'> = { to: momoApp, restrictive: true, check: sql`(select ${merchantIsOpen}())` }

/** Whatever else allows a write: a closed merchant is not written to. */
export const openMerchant = {
  open_for_insert: { ...whenOpen, for: 'insert' },
  open_for_update: { ...whenOpen, for: 'update' },
} satisfies { [name: string]: PolicySpec<never> }
