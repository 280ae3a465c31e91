/** Options that a sequence and an identity column share. Numbers are text: they reach beyond 2^53. */
export interface SequenceOptions {
  readonly start: string
  readonly increment: string
  readonly minimum: string
  readonly maximum: string
  readonly cache: string
  readonly cycle: boolean
}

export function sequenceOptions(a: SequenceOptions): string {
  return `INCREMENT BY ${a.increment} MINVALUE ${a.minimum} MAXVALUE ${a.maximum} START WITH ${a.start} CACHE ${a.cache}${a.cycle ? ' CYCLE' : ' NO CYCLE'}`
}

const limits = { smallint: ['-32768', '32767'], integer: ['-2147483648', '2147483647'], bigint: ['-9223372036854775808', '9223372036854775807'] } as const

/** What PostgreSQL fills in for options that are not given (CREATE SEQUENCE). */
export function defaultSequenceOptions(type: keyof typeof limits, given: Partial<SequenceOptions>): SequenceOptions {
  const increment = given.increment ?? '1'
  const down = increment.startsWith('-')
  const minimum = given.minimum ?? (down ? limits[type][0] : '1')
  const maximum = given.maximum ?? (down ? '-1' : limits[type][1])
  return { increment, minimum, maximum, start: given.start ?? (down ? maximum : minimum), cache: given.cache ?? '1', cycle: given.cycle ?? false }
}

/**
 * ALTER of a sequence whose number may lie outside its new bounds, which PostgreSQL refuses: only then it starts anew.
 * `sequence` is a query for its last_value, `alter` the statement without RESTART.
 */
export function alterWithinBounds(lastValue: string, alter: string, restart: string, a: SequenceOptions): string {
  const body = `
DECLARE reached bigint;
BEGIN
  EXECUTE ${quote(lastValue)} INTO reached;
  IF reached BETWEEN ${a.minimum} AND ${a.maximum} THEN
    ${alter};
  ELSE
    ${alter} ${restart};
  END IF;
END `
  return `DO $do$${body}$do$`
}

const quote = (text: string): string => `$q$${text}$q$`

/** Whether a number that was inside the old bounds may be outside the new ones. */
export function boundsTighten(from: SequenceOptions, to: SequenceOptions): boolean {
  return BigInt(to.minimum) > BigInt(from.minimum) || BigInt(to.maximum) < BigInt(from.maximum)
}
