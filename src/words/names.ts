const limit = 63

function clip(name: string, bytes: number): string {
  const buffer = Buffer.from(name)
  if (buffer.length <= bytes) return name
  let end = bytes
  while (end > 0 && (buffer[end]! & 0xc0) === 0x80) end--
  return buffer.subarray(0, end).toString()
}

/** The name PostgreSQL makes for a constraint, index or sequence without one (makeObjectName in commands/indexcmds.c). */
export function objectName(table: string, columns: string | null, label: string): string {
  const available = limit - Buffer.byteLength(label) - 1 - (columns === null ? 0 : 1)
  let first = Buffer.byteLength(table)
  let second = columns === null ? 0 : Buffer.byteLength(columns)
  while (first + second > available) {
    if (first > second) first--
    else second--
  }
  return [clip(table, first), ...(columns === null ? [] : [clip(columns, second)]), label].join('_')
}

/** Column names as they appear in a generated name (ChooseIndexNameAddition). */
export function columnsPart(columns: readonly string[]): string {
  let out = ''
  for (const c of columns) {
    out += (out === '' ? '' : '_') + c
    if (Buffer.byteLength(out) > limit) break
  }
  return clip(out, limit)
}

/** The first name not taken yet: PostgreSQL appends 1, 2, … to the label. */
export function freeName(make: (label: string) => string, label: string, taken: ReadonlySet<string>): string {
  for (let n = 0; ; n++) {
    const name = make(n === 0 ? label : `${label}${n}`)
    if (!taken.has(name)) return name
  }
}
