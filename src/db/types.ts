/** How the client asks for the parser of a type, by the type's oid. */
export interface TypeParsers {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown
}

const textArray = 1009
const same = (text: string) => text

/** A number where it is exact, else the digits as text: sizes and counts are then plain numbers in all real cases. */
function int8(text: string): number | string {
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : text
}

/**
 * The driver's parsers with our exceptions, so that every result is plain data:
 * int8 is a number when exact and a string otherwise; dates, times and intervals stay as the server prints them
 * (a Date would lose microseconds and the time zone); name[] is an array like text[].
 */
export function typeParsers(base: TypeParsers): TypeParsers {
  const strings = base.getTypeParser(textArray)
  const own = new Map<number, (text: string) => unknown>([
    [20, int8],
    [1016, (text) => (strings(text) as string[]).map((one) => (one === null ? null : int8(one)))],
    // date, timestamp, timestamptz, interval; point and circle
    ...[1082, 1114, 1184, 1186, 600, 718].map((oid) => [oid, same] as const),
    // their arrays, name[], numeric[], and the arrays of geometric types
    ...[1182, 1115, 1185, 1187, 1003, 1231, 1017, 719].map((oid) => [oid, strings] as const),
  ])
  return {
    getTypeParser: (oid, format = 'text') => (format === 'text' ? own.get(oid) : undefined) ?? base.getTypeParser(oid, format),
  }
}
