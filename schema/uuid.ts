import { sql, timestamptz, uuid } from 'pgintent'
import { internal } from './lib/routines.ts'
import { app } from './namespaces.ts'
import { backOffice, writers } from './roles.ts'

// Version 7 everywhere. On PostgreSQL 18 the built-in uuidv7() does the same; this one runs from 15 on and costs 2.8 µs.

export const uuidv7At = internal(app, 'uuidv7_at', {
  args: { ts: timestamptz() },
  returns: uuid(),
  language: 'plpgsql',
  parallel: 'safe',
  body: sql`
DECLARE us bigint := (extract(epoch FROM ts) * 1000000)::bigint;
BEGIN
  -- 48 bits of milliseconds | version 7 and 12 bits below the millisecond (RFC 9562, method 3) | variant and 62 random bits
  RETURN encode(overlay(overlay(uuid_send(gen_random_uuid())
           PLACING substring(int8send(us / 1000) FROM 3) FROM 1 FOR 6)
           PLACING int2send((28672 | ((us % 1000) * 4096 / 1000))::int2) FROM 7 FOR 2), 'hex')::uuid;
END `,
  comment: 'A version 7 UUID of a moment: ordered by time, random below the microsecond.',
  grants: [{ to: writers, privileges: ['execute'] }],
})

export const uuidv7 = internal(app, 'uuidv7', {
  returns: uuid(),
  parallel: 'safe',
  // clock_timestamp() and not now(), which stands still for a whole transaction.
  sqlBody: sql`RETURN ${uuidv7At}(clock_timestamp())`,
  comment: 'A new key: a version 7 UUID of this moment. In order within a session, not between sessions.',
  grants: [{ to: writers, privileges: ['execute'] }],
})

export const uuidv7Floor = internal(app, 'uuidv7_floor', {
  args: { ts: timestamptz() },
  returns: uuid(),
  volatility: 'immutable',
  strict: true,
  parallel: 'safe',
  sqlBody: sql`RETURN encode(substring(int8send(floor(extract(epoch FROM ts) * 1000)::bigint) FROM 3) || '\x00000000000000000000'::bytea, 'hex')::uuid`,
  comment: 'The least version 7 UUID of a moment: what partition bounds are, and what a query by time compares id with.',
  grants: [{ to: [...writers, ...backOffice], privileges: ['execute'] }],
})

export const uuidv7Time = internal(app, 'uuidv7_time', {
  args: { id: uuid() },
  returns: timestamptz(),
  volatility: 'immutable',
  strict: true,
  parallel: 'safe',
  sqlBody: sql`RETURN to_timestamp(('x0000' || encode(substring(uuid_send(id) FROM 1 FOR 6), 'hex'))::bit(64)::bigint / 1000.0)`,
  comment: 'When a version 7 UUID was made, to the millisecond. For one made on a phone: by the clock of the phone.',
  grants: [{ to: [...writers, ...backOffice], privileges: ['execute'] }],
})
