import { columnOf } from './column-types.ts'

const precise = (p: number | undefined): string => (p === undefined ? '' : `(${p})`)

export const date = () => columnOf<string, 'date'>('date', 'string')
export const timestamptz = (precision?: number) => columnOf<Date, 'timestamp with time zone'>(`timestamp${precise(precision)} with time zone`, 'date')
export const timestamp = (precision?: number) => columnOf<Date, 'timestamp without time zone'>(`timestamp${precise(precision)} without time zone`, 'date')
export const time = (precision?: number) => columnOf<string, 'time without time zone'>(`time${precise(precision)} without time zone`, 'string')
export const timetz = (precision?: number) => columnOf<string, 'time with time zone'>(`time${precise(precision)} with time zone`, 'string')

export type IntervalFields =
  | 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second' | 'year to month' | 'day to hour' | 'day to minute' | 'day to second'
  | 'hour to minute' | 'hour to second' | 'minute to second' // prettier-ignore

/** `interval()`, `interval('day to second')`, `interval(3)`, `interval('day to second', 3)`. */
export function interval(fields?: IntervalFields | number, precision?: number) {
  const digits = typeof fields === 'number' ? fields : precision
  const words = typeof fields === 'string' ? ` ${fields}` : ''
  return columnOf<string, 'interval'>(`interval${words}${precise(digits)}`, 'string')
}
