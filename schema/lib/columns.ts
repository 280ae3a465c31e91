import { bigint, sql, timestamptz, uuid, xid8 } from 'pgintent'
import { blindIndex, ciphertext } from '../domains.ts'
import { uuidv7 } from '../uuid.ts'

/** Every table: a key that is ordered by time, and when the row was made. */
export const base = {
  id: uuid().notNull().default(uuidv7()).comment('UUID v7, so that keys arrive in order of time'),
  created_at: timestamptz()
    .notNull()
    .default(sql`now()`)
    .comment('When the row was made, by the clock of the server'),
}

/** Tables whose rows change. Both columns are kept by trigger. */
export const mutable = {
  updated_at: timestamptz()
    .notNull()
    .default(sql`now()`)
    .comment('When the row last changed'),
  row_version: bigint().notNull().default(1).comment('Goes up by one with every change; what a device says it started from'),
}

/** Tables that phones hold a copy of. */
export const synced = {
  sync_xid: xid8()
    .notNull()
    .default(sql`pg_current_xact_id()`)
    .comment('The transaction that last changed the row: the sync cursor'),
  deleted_at: timestamptz().comment('Set instead of deleting, so that the deletion reaches every phone'),
  origin_device_id: uuid().comment('The device that the last change came from'),
  client_updated_at: timestamptz().comment('When that device says it made the change. Never used for ordering'),
}

/** Personal data, encrypted before it reaches the server. `what` completes "Encrypted: …". */
export const encrypted = (what: string) => ciphertext().classify('pii').comment(`Encrypted: ${what}`)

/** What encrypted data is found by. `what` completes "Keyed hash of …". */
export const hashed = (what: string) => blindIndex().classify('pii').comment(`Keyed hash of ${what}`)

type Prefixed<P extends string, C> = { [K in keyof C & string as `${P}_${K}`]: C[K] }

/** The same columns under another name: `prefixed('payer', { enc: … })` is `{ payer_enc: … }`, in the types too. */
export function prefixed<const P extends string, C extends object>(prefix: P, columns: C): Prefixed<P, C> {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [`${prefix}_${name}`, column])) as Prefixed<P, C>
}

/** What foreign keys of tenants' tables refer to: they do not ask policies, so they must carry the tenant. */
export const tenantKey = {
  on: ['merchant_id', 'id'],
  comment: "What foreign keys of tenants' tables refer to: they do not ask policies, so they carry the tenant",
} as const
