import { bigint, boolean, integer, jsonb, oneOf, sql, table, text, timestamptz, uuid, type Insert, type Row } from 'pgintent'

const things = table('app', 'things', {
  columns: {
    id: uuid().default(sql`gen_random_uuid()`),
    number: bigint().identity('always'),
    name: text().notNull(),
    note: text(),
    state: oneOf(['open', 'closed']).notNull().default('open'),
    tags: text().array().notNull(),
    settings: jsonb().as<{ dark: boolean }>(),
    double: integer().generated(sql`1 + 1`),
    active: boolean().notNull(),
    made: timestamptz()
      .notNull()
      .default(sql`now()`),
  },
  primaryKey: ['id'],
})

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const same = <_ extends true>(): void => undefined
type Flat<T> = { [K in keyof T]: T[K] }

same<
  Same<
    Row<typeof things>,
    {
      id: string
      number: bigint
      name: string
      note: string | null
      state: 'open' | 'closed'
      tags: string[]
      settings: { dark: boolean } | null
      double: number | null
      active: boolean
      made: Date
    }
  >
>()

same<
  Same<
    Flat<Insert<typeof things>>,
    {
      name: string
      tags: string[]
      active: boolean
      id?: string
      note?: string | null
      state?: 'open' | 'closed'
      settings?: { dark: boolean } | null
      made?: Date
    }
  >
>()

export const fine: Insert<typeof things> = { name: 'a', tags: [], active: true }
// @ts-expect-error: the name is missing
export const missing: Insert<typeof things> = { tags: [], active: true }
// @ts-expect-error: an identity that is always generated
export const generated: Insert<typeof things> = { name: 'a', tags: [], active: true, number: 1n }
// @ts-expect-error: not one of the values
export const other: Insert<typeof things> = { name: 'a', tags: [], active: true, state: 'shut' }
