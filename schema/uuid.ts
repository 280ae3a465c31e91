import { sql, timestamptz, uuid } from 'pgintent'
import { internal } from './lib/routines.ts'
import { app } from './namespaces.ts'
import { backOffice, writers } from './roles.ts'

// Version 7 everywhere. The default body runs from PostgreSQL 15 on. From 18 on, `MOMO_UUIDV7=native` says that app.uuidv7()
// is the server's own uuidv7(), which costs less than half and is never out of order within a session. The variable is part of
// the declaration: set it wherever this database is planned for or checked for drift.

/** Whether the server's own function is meant. Throws for a value that is neither body. */
function nativeBody(): boolean {
  const said = process.env['MOMO_UUIDV7'] ?? ''
  if (!['', 'polyfill', 'native'].includes(said)) throw new Error(`MOMO_UUIDV7 is "${said}"; use native (PostgreSQL 18 and later) or polyfill`)
  return said === 'native'
}

export const uuidv7At = internal(app, 'uuidv7_at', {
  args: { ts: timestamptz() },
  returns: uuid(),
  language: 'plpgsql',
  parallel: 'safe',
  body: sql`
DECLARE us bigint;
BEGIN
  IF ts < '1970-01-01 00:00:00+00' OR ts >= '10889-08-02 05:31:50.656+00' THEN
    RAISE EXCEPTION 'a version 7 UUID cannot hold the moment %', ts
      USING ERRCODE = '22008', HINT = 'It holds 48 bits of milliseconds: from 1970 to 10889.';
  END IF;
  us := (extract(epoch FROM ts) * 1000000)::bigint;
  -- 48 bits of milliseconds | version 7 and 12 bits below the millisecond (RFC 9562, method 3) | variant and 62 random bits
  RETURN encode(overlay(overlay(uuid_send(gen_random_uuid())
           PLACING substring(int8send(us / 1000) FROM 3) FROM 1 FOR 6)
           PLACING int2send((28672 | ((us % 1000) * 4096 / 1000))::int2) FROM 7 FOR 2), 'hex')::uuid;
END `,
  comment: 'A version 7 UUID of a moment from 1970 to 10889, else error 22008: ordered by time, random below the microsecond.',
  grants: [{ to: writers, privileges: ['execute'] }],
})

export const uuidv7 = internal(app, 'uuidv7', {
  returns: uuid(),
  parallel: 'safe',
  // clock_timestamp() and not now(), which stands still for a whole transaction.
  sqlBody: nativeBody() ? sql`RETURN pg_catalog.uuidv7()` : sql`RETURN ${uuidv7At}(clock_timestamp())`,
  comment: 'A new key: a version 7 UUID of this moment. In order within a session, not between sessions.',
  grants: [{ to: writers, privileges: ['execute'] }],
})

export const uuidv7Floor = internal(app, 'uuidv7_floor', {
  args: { ts: timestamptz() },
  returns: uuid(),
  volatility: 'immutable',
  strict: true,
  parallel: 'safe',
  sqlBody: sql`RETURN encode(substring(int8send(least(greatest(floor(extract(epoch FROM ts) * 1000), 0), 281474976710655)::bigint) FROM 3)
    || '\x00000000000000000000'::bytea, 'hex')::uuid`,
  comment:
    'The least version 7 UUID of a moment: what partition bounds are, and what a query by time compares id with. Moments that 48 bits of milliseconds do not hold count as the first or the last that they do.',
  grants: [{ to: [...writers, ...backOffice], privileges: ['execute'] }],
})

export const uuidv7Time = internal(app, 'uuidv7_time', {
  args: { id: uuid() },
  returns: timestamptz(),
  volatility: 'immutable',
  strict: true,
  parallel: 'safe',
  sqlBody: sql`RETURN to_timestamp(('x0000' || encode(substring(uuid_send(id) FROM 1 FOR 6), 'hex'))::bit(64)::bigint / 1000.0)`,
  comment: 'When a version 7 UUID was made, to the millisecond. For one made on a phone: by the clock of the phone. Means nothing for other versions.',
  grants: [{ to: [...writers, ...backOffice], privileges: ['execute'] }],
})
