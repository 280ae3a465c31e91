import { nameOf } from '../look.ts'
import type { Rule } from '../rule.ts'

/** `timestamp` is a wall clock without a place: compared with now() it means another moment in every session's time zone. */
export const timestampWithoutTimeZone: Rule = {
  name: 'timestamp-without-time-zone',
  level: 'warn',
  about: 'Moments are stored with their time zone.',
  *check({ look }) {
    for (const c of look.ownColumns())
      if (/^timestamp(\(\d\))?( without time zone)?(\[\])*$/.test(look.baseType(c.attrs.type)))
        yield { object: c, message: `${nameOf(c)} is a timestamp without time zone, which is another moment in every session's time zone`, todo: 'make it timestamptz' }
  },
}
