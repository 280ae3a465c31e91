/** GitHub's Markdown, and nothing that only one renderer understands. */

/** Text in a paragraph or cell, with what Markdown or HTML would act on made harmless. */
export function text(value: string): string {
  return value.replace(/[\\`*_{}[\]<>#~$&]/g, (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[c] ?? `\\${c}`).replace(/\s*\n\s*/g, ' ')
}

/** Text over several lines: a comment with paragraphs. A line is kept from beginning a list, a heading or a table. */
export function paragraphs(value: string): string {
  const lines = value
    .trim()
    .split(/\r?\n/)
    .map((l) => text(l.trim()).replace(/^(?=[-+=]|\d+[.)])/, '\u200b'))
  return lines.join('  \n').replace(/( {2}\n){2,}/g, '\n\n')
}

/** Code in a line, in as many backticks as it needs. */
export function code(value: string): string {
  const line = value.replace(/\s*\n\s*/g, ' ')
  const fence = '`'.repeat(longest(line) + 1)
  return line === '' ? '' : fence.length > 1 || line.startsWith(' ') ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}

const longest = (value: string): number => Math.max(0, ...[...value.matchAll(/`+/g)].map((m) => m[0].length))

/** A block of code. */
export function block(language: string, value: string): string {
  const fence = '`'.repeat(Math.max(3, longest(value) + 1))
  return `${fence}${language}\n${value.replace(/\s+$/, '')}\n${fence}`
}

export function link(label: string, target: string): string {
  return `[${label}](${encodeURI(target)})`
}

/** A table; columns in which every cell is empty are left out. No rows, no table. */
export function grid(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const shown = head.map((_, i) => rows.some((r) => (r[i] ?? '') !== ''))
  const line = (cells: readonly string[]): string =>
    `| ${cells
      .filter((_, i) => shown[i])
      .map((c) => cell(c))
      .join(' | ')} |`
  return [
    line(head),
    `|${shown
      .filter((s) => s)
      .map(() => '---')
      .join('|')}|`,
    ...rows.map((r) => line(head.map((_, i) => r[i] ?? ''))),
  ].join('\n')
}

/** GitHub splits cells before it reads code, so a bar is escaped everywhere. */
const cell = (value: string): string => value.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** A heading with what belongs under it; nothing when that is nothing. */
export function section(level: number, heading: string, ...parts: readonly (string | null)[]): string {
  const body = parts.filter((p): p is string => p !== null && p !== '')
  return body.length === 0 ? '' : [`${'#'.repeat(level)} ${heading}`, ...body].join('\n\n')
}

/** A page from its sections. */
export function page(...parts: readonly (string | null)[]): string {
  return `${parts.filter((p) => p !== null && p !== '').join('\n\n')}\n`
}
