/**
 * Mermaid as renderers from 11.9 on read it, and from 10.9 on where names are ASCII. What its grammar and its Markdown trip
 * over was found with the renderer itself: test/docs/mermaid.test.ts has the list.
 */

const entity: Record<string, string> = { '"': 'quot', '<': 'lt', '>': 'gt', '&': 'amp' }
const escaped = (c: string): string => `#${entity[c] ?? c.charCodeAt(0)};`

/** A line of text in Mermaid's double quotes. `#name;` and `#number;` are Mermaid's own spelling of a character. */
export function quote(text: string): string {
  const safe = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    // Quotes and tags; directives (%%{init: …}%%); formulas ($$…$$); Markdown, to which a name_with_underscores is nothing.
    .replace(/["#<>&%\\$*`]|(?<![\p{L}\p{N}_])_|_(?![\p{L}\p{N}_])/gu, escaped)
    .replace(/(?<=~.*)~/g, escaped) // `~…~` is a generic type; one alone is not
    .replace(/\bdirection (?=TB|BT|RL|LR)/gi, (m) => m.replace(' ', escaped)) // a statement, wherever it stands in a line
  return `"${safe === '' ? ' ' : safe}"`
}

/** A name as an entity shows it: as people say it, not quoted as SQL would need it. Lines are broken at newlines. */
export function label(name: string): string {
  return `"${name
    .split('\n')
    .map((line) => quote(line).slice(1, -1))
    .join('<br/>')}"`
}

/** A type or column name as an attribute may have it: no spaces, dots, commas or quotes, and none of the key words. */
export function word(text: string): string {
  const safe = text
    .replace(/[^\p{L}\p{N}_\-[\]()]+/gu, '_')
    .replace(/[^A-Za-z0-9_\-[\]()\u00C0-\uFFFF]/g, '_')
    .replace(/^(?![A-Za-z_\u00C0-\uFFFF])/, '_')
  if (/^(pk|fk|uk)$/i.test(safe)) return `${safe}_`
  // Wrapped in underscores it would be emphasis; a word joiner, which has no width, keeps the last one from closing it.
  return /^_.*_$/.test(safe) ? `${safe}\u2060` : safe
}

const shorter: readonly (readonly [RegExp, string])[] = [
  [/^timestamp(\(\d\))? with time zone/, 'timestamptz$1'],
  [/^timestamp(\(\d\))? without time zone/, 'timestamp$1'],
  [/^time(\(\d\))? with time zone/, 'timetz$1'],
  [/^time(\(\d\))? without time zone/, 'time$1'],
  [/^character varying/, 'varchar'],
  [/^character\b/, 'char'],
  [/^double precision/, 'float8'],
  [/^bit varying/, 'varbit'],
]

/** A type by its shortest usual name; a namespace that is also the table's is left out. */
export function typeWord(type: string, namespace: string): string {
  let text = type.startsWith(`${namespace}.`) ? type.slice(namespace.length + 1) : type
  for (const [long, short] of shorter) text = text.replace(long, short)
  return word(text.replaceAll('"', ''))
}

/** Gives each path a name of its own that Mermaid reads as an identifier. */
export class Names {
  readonly #byPath = new Map<string, string>()
  readonly #used = new Set<string>()

  of(path: readonly string[]): string {
    const known = this.#byPath.get(path.join('\0'))
    if (known !== undefined) return known
    // The prefix keeps clear of digits and of Mermaid's own words (`class`, `one`, `to`, `end`, `u`, …).
    const plain = path.join('_').replace(/[^A-Za-z0-9_]/g, '_')
    const base = /^[A-Za-z]\w*_\w/.test(plain) ? plain : `t_${plain}`
    let name = base
    for (let n = 2; this.#used.has(name.toLowerCase()); n++) name = `${base}_${n}`
    this.#used.add(name.toLowerCase())
    this.#byPath.set(path.join('\0'), name)
    return name
  }
}

/** A line of text cut at a word, so that one long comment does not make a diagram unreadable. */
export function cut(text: string, length: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= length) return line
  const at = line.lastIndexOf(' ', length)
  return `${line.slice(0, at > length / 2 ? at : length).replace(/[\s,;:.]+$/, '')}…`
}
