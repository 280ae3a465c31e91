// Randomness that is the same in every run with the same seed, whichever connection asks for it: a hash of a row's number.

/** SQL that makes what the other parts of the seed use. */
export const randomSql = (seed) => `
create schema bench;
-- 64 bits of row n, for one purpose.
create function bench.bits(n bigint, purpose int) returns bigint language sql immutable parallel safe
  return hashint8extended(n, ${seed * 1000}::bigint + purpose);
-- A number from 0 up to 1.
create function bench.rnd(n bigint, purpose int) returns float8 language sql immutable parallel safe
  return (bench.bits(n, purpose) & 9007199254740991)::float8 / 9007199254740992.0;
-- A version 7 UUID of a moment in microseconds, as app.uuidv7_at() lays it out, with the given bits for its random part.
create function bench.uuid(us bigint, bits bigint) returns uuid language sql immutable parallel safe
  return (lpad(to_hex(us / 1000), 12, '0') || to_hex(28672 | ((us % 1000) * 4096 / 1000)) || to_hex((bits & 4611686018427387903) | (-9223372036854775807 - 1)))::uuid;
create function bench.moment(us bigint) returns timestamptz language sql immutable parallel safe
  return to_timestamp(us::float8 / 1000000.0);
-- Version 4, which a provider's reference has to be.
create function bench.uuid4(a bigint, b bigint) returns uuid language sql immutable parallel safe
  return (to_hex((a & -61441) | 16384 | (-9223372036854775807 - 1)) || to_hex((b & 4611686018427387903) | (-9223372036854775807 - 1)))::uuid;
create function bench.hash(a bigint, b bigint) returns bytea language sql immutable parallel safe
  return sha256(int8send(a) || int8send(b));
-- As long as the ciphertext of a phone number: version, key, nonce, twelve bytes, tag.
create function bench.ciphertext(bits bigint) returns bytea language sql immutable parallel safe
  return '\\x01'::bytea || sha256(int8send(bits)) || substring(sha256(int8send(bits)) FROM 1 FOR 24);
`

/** Draws of one row, each for one purpose, so that no two of them hang together. */
export const purposes = {
  time: 1, merchant: 2, id: 3, type: 4, amount: 5, fee: 6, status: 7, customer: 8, device: 9, initiator: 10, reference: 11, offline: 12, delay: 13,
  person: 20, business: 21, member: 22, install: 23, account: 24, party: 25, phone: 26, entry: 30, history: 31, audit: 32, key: 33, external: 34, outlet: 35,
} // prettier-ignore
