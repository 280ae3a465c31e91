import { sql, type Interpolated, type SqlText } from 'pgintent'

/** Whether an id is a version 7 UUID. A CHECK on every table whose ids clients may make: order and months are read from them. */
export const isV7 = (id: Interpolated): SqlText => sql`get_byte(uuid_send(${id}), 6) >> 4 = 7 and get_byte(uuid_send(${id}), 8) >> 6 = 2`
