import { bigint, bytea, domain, publicRole, sql, text, type Grant } from 'pgintent'
import { app } from './namespaces.ts'
import { momoApp, momoCompliance, momoLedger, momoWorker } from './roles.ts'

// All of them are over types whose comparisons are leakproof, so that conditions on them use indexes under row security.

const grants: Grant[] = [
  { to: publicRole, privileges: [] },
  { to: [momoApp, momoLedger, momoWorker, momoCompliance], privileges: ['usage'] },
]

export const minorAmount = domain(app, 'minor_amount', {
  as: bigint(),
  checks: sql`value > 0`,
  comment: "An amount in its currency's minor units, never zero.",
  grants,
})

export const currencyCode = domain(app, 'currency_code', {
  as: text(),
  checks: sql`value ~ '^[A-Z]{3}$'`,
  comment: 'ISO 4217, three letters.',
  grants,
})

export const countryCode = domain(app, 'country_code', {
  as: text(),
  checks: sql`value ~ '^[A-Z]{2}$'`,
  comment: 'ISO 3166-1, two letters.',
  grants,
})

export const sha256 = domain(app, 'sha256', {
  as: bytea(),
  checks: sql`octet_length(value) = 32`,
  comment: 'A SHA-256 digest.',
  grants,
})

export const ciphertext = domain(app, 'ciphertext', {
  as: bytea(),
  checks: sql`octet_length(value) >= 46 and get_byte(value, 0) = 1`,
  comment: 'AES-256-GCM made by the application: version (1 byte), key id (16), nonce (12), ciphertext, tag (16). The server never sees a key.',
  grants,
})

export const blindIndex = domain(app, 'blind_index', {
  as: bytea(),
  checks: sql`octet_length(value) between 16 and 32`,
  comment: 'A keyed hash (HMAC) of a normalised value: equality can be searched, the value cannot be guessed without the key.',
  grants,
})

export const tzName = domain(app, 'tz_name', {
  as: text(),
  comment: 'A name of pg_timezone_names; a trigger checks it, as a CHECK may not read a view.',
  grants,
})
