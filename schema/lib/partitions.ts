import { monthly, range, uuidv7Floor } from 'pgintent'
import { noTruncate } from './guard.ts'

type StorageOptions = { readonly [name: string]: string | number | boolean }

/**
 * By month of the id, so that the key stays `(id)` alone and is unique over all months. A partition's own name leads past its
 * parent's policies and past its TRUNCATE trigger: each has row security without a policy, a guard of its own, and no grants.
 * There is no DEFAULT partition, as with one nothing could be detached concurrently.
 */
export const byMonth = (options: StorageOptions = {}) =>
  range(
    'id',
    monthly({
      bound: uuidv7Floor,
      from: '2026-01',
      ahead: 3,
      retain: '24 months',
      each: { rowSecurity: { force: true }, triggers: { a0_no_truncate: noTruncate }, options },
    }),
  )

/** For partitions that only grow: freeze early, as no update will ever bring the vacuum. */
export const insertOnly: StorageOptions = { autovacuum_vacuum_insert_scale_factor: 0.05, autovacuum_freeze_min_age: 1000000 }
