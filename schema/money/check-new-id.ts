import { sql, sqlText, uuid } from 'pgintent'
import { internal } from '../lib/routines.ts'
import { isV7 } from '../lib/v7.ts'
import { app } from '../namespaces.ts'
import { momoLedger } from '../roles.ts'
import { uuidv7Time } from '../uuid.ts'

export const checkNewId = internal(app, 'check_new_id', {
  owner: momoLedger,
  args: { id: uuid() },
  returns: 'void',
  language: 'plpgsql',
  volatility: 'stable',
  body: sql`
BEGIN
  IF NOT (${isV7(sqlText('check_new_id.id'))}) THEN
    RAISE EXCEPTION 'the id % is no version 7 UUID', check_new_id.id USING ERRCODE = 'MM422', HINT = 'Make a version 7 UUID, or give no id.';
  ELSIF ${uuidv7Time}(check_new_id.id) NOT BETWEEN now() - interval '30 days' AND now() + interval '5 minutes' THEN
    RAISE EXCEPTION 'clock_skew: the id % was made at %', check_new_id.id, ${uuidv7Time}(check_new_id.id)
      USING ERRCODE = 'MM422', CONSTRAINT = 'clock_skew', HINT = 'Set the clock, make a new id and keep the idempotency key.';
  END IF;
END `,
  comment: 'Refuses an id that was not made in the last 30 days, or more than 5 minutes from now: it would lie in the wrong month. MM422, with clock_skew as its constraint.',
})
