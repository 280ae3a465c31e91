// Figures as people read them.

export const ms = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))
export const times = (value) => `${value >= 10 ? value.toFixed(1) : value.toFixed(2)} ×`
export const count = (value) => Math.round(value).toLocaleString('en')

export function bytes(value) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const at = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(value) / Math.log(1024)))
  const scaled = value / 1024 ** at
  return `${scaled >= 100 || at === 0 ? scaled.toFixed(0) : scaled.toFixed(1)} ${units[at]}`
}

/** A Markdown table. Cells are text; the columns named in `right` are figures. */
export function table(head, rows, right = []) {
  const cells = (list) => `| ${list.map((c) => String(c).replaceAll('|', '\\|')).join(' | ')} |`
  return [cells(head), cells(head.map((h) => (right.includes(h) ? '---:' : '---'))), ...rows.map(cells)].join('\n')
}
