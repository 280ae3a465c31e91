/** A cell of a table: one line, and nothing in it that would end the cell. */
export const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('<', '&lt;').replace(/\s+/g, ' ').trim()

export const code = (text) => `\`${String(text).replaceAll('|', '\\|')}\``

/** A table from its headings and rows; headings that end in a colon are aligned to the right. */
export function grid(headings, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(headings.map((h) => h.replace(/:$/, ''))), line(headings.map((h) => (h.endsWith(':') ? '---:' : '---'))), ...rows.map(line)].join('\n')
}

const units = ['B', 'kB', 'MB', 'GB', 'TB']

export function size(bytes) {
  let i = 0
  let v = bytes
  for (; v >= 1024 && i < units.length - 1; i++) v /= 1024
  return `${v < 10 && i > 0 ? v.toFixed(1) : Math.round(v)} ${units[i]}`
}
