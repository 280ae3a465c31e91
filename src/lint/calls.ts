/** Functions of PostgreSQL's own that cost about as much as an operator, and words that only look like a call. */
const cheap = new Set(
  `abs all and any array_length array_position btrim cardinality ceil ceiling char_length character_length clock_timestamp coalesce
  concat cosh date_part date_trunc decode div encode exists extract filter floor greatest in int4range int8range isempty
  jsonb_build_object jsonb_extract_path jsonb_extract_path_text jsonb_typeof least left length lower lower_inc ltrim make_interval md5
  mod not now nullif num_nonnulls num_nulls numrange octet_length operator or over overlay position power replace reverse right round row
  rtrim sha256 sign some split_part starts_with statement_timestamp strpos substr substring to_date to_timestamp transaction_timestamp
  trunc tsrange tstzrange upper upper_inc uuid_send values when xmlexists`.split(/\s+/),
)

const token =
  /'(?:[^']|'')*'|::\s*(?:"(?:[^"]|"")+"|[\w$.]|\s+(?=varying\b|precision\b|with\b|without\b|time\b|zone\b))+(?:\([\d, ]*\))?|((?:"(?:[^"]|"")+"|[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*)(?:\.(?:"(?:[^"]|"")+"|[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*))*)(\()?|[()]/g

/** The functions that an expression, as PostgreSQL prints it, calls outside of any sub-select; each as often as it does. */
export function callsIn(expression: string): string[] {
  const calls: string[] = []
  /** For each open parenthesis, whether a sub-select began right after it or after one around it. */
  const wrapped: boolean[] = []
  for (const [text, name, open] of expression.matchAll(token)) {
    const inside = wrapped.at(-1) ?? false
    if (text === '(') wrapped.push(inside)
    else if (text === ')') wrapped.pop()
    else if (name?.toUpperCase() === 'SELECT' && wrapped.length > 0) wrapped[wrapped.length - 1] = true
    else if (name !== undefined && open !== undefined) {
      if (!inside && !cheap.has(name.toLowerCase())) calls.push(name)
      wrapped.push(inside)
    }
  }
  return calls
}
