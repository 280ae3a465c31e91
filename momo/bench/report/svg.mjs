// Plots as SVG text: no dependency, readable on light and dark backgrounds.

const escape = (text) => String(text).replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c])
const number = (value) => (Math.round(value * 10) / 10).toString()

const style = `text { font: 12px system-ui, sans-serif; fill: #24292f } .quiet { fill: #57606a } .axis { stroke: #d0d7de }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .quiet { fill: #9198a1 } .axis { stroke: #3d444d } }`

const page = (width, height, title, body) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escape(title)}">
<title>${escape(title)}</title>
<style>${style}</style>
${body.join('\n')}
</svg>
`

export const colours = ['#1f77b4', '#e08214', '#c51b7d', '#4d9221']

const text = (x, y, content, attributes = '') => `<text x="${number(x)}" y="${number(y)}" ${attributes}>${escape(content)}</text>`
const line = (x1, y1, x2, y2, attributes) => `<line x1="${number(x1)}" y1="${number(y1)}" x2="${number(x2)}" y2="${number(y2)}" ${attributes}/>`

/**
 * Points on a logarithmic axis, one row for each subject: `series` names them, `rows` are `{ label, values, target }`, in `unit`.
 * The target is a tick across the row.
 */
export function dotPlot({ title, unit, series, rows }) {
  const [left, right, top, step] = [300, 30, 64, 24]
  const width = 860
  const all = rows.flatMap((r) => [...r.values, r.target]).filter((v) => v > 0)
  const low = Math.floor(Math.log10(Math.min(...all)))
  const high = Math.ceil(Math.log10(Math.max(...all)))
  const x = (value) => left + ((Math.log10(Math.max(value, 10 ** low)) - low) / (high - low)) * (width - left - right)
  const bottom = top + rows.length * step
  const body = [text(12, 22, title, 'font-weight="600"')]
  for (const [i, name] of [...series, 'target'].entries()) {
    const at = left + i * 90
    body.push(i < series.length ? `<circle cx="${at}" cy="40" r="5" fill="${colours[i]}"/>` : line(at, 33, at, 47, 'stroke="#cf222e" stroke-width="2"'), text(at + 10, 44, name))
  }
  for (let power = low; power <= high; power++) {
    body.push(
      line(x(10 ** power), top - 6, x(10 ** power), bottom, 'class="axis"'),
      text(x(10 ** power), bottom + 16, `${10 ** power} ${unit}`, 'class="quiet" text-anchor="middle"'),
    )
  }
  for (const [i, row] of rows.entries()) {
    const y = top + i * step + step / 2
    body.push(text(left - 14, y + 4, row.label, 'text-anchor="end"'))
    body.push(line(x(Math.min(...row.values)), y, x(Math.max(...row.values)), y, 'class="axis" stroke-width="2"'))
    if (row.target) body.push(line(x(row.target), y - 8, x(row.target), y + 8, 'stroke="#cf222e" stroke-width="2"'))
    for (const [s, value] of row.values.entries())
      body.push(`<circle cx="${number(x(value))}" cy="${number(y)}" r="5" fill="${colours[s]}"><title>${escape(`${series[s]} ${value.toPrecision(3)} ${unit}`)}</title></circle>`)
  }
  return page(width, bottom + 28, title, body)
}

/** Groups of bars on a linear axis: `groups` are `{ label, bars: { label, value, shown }[] }`. Bars of a group are compared with each other. */
export function barPlot({ title, groups }) {
  const [left, right, top, bar] = [290, 90, 40, 18]
  const width = 860
  const body = [text(12, 22, title, 'font-weight="600"')]
  let y = top
  for (const group of groups) {
    const most = Math.max(...group.bars.map((b) => b.value), Number.MIN_VALUE)
    body.push(text(12, y + 14, group.label))
    for (const [i, one] of group.bars.entries()) {
      const length = (one.value / most) * (width - left - right)
      body.push(text(left - 10, y + 13, one.label, 'class="quiet" text-anchor="end"'))
      body.push(`<rect x="${left}" y="${number(y + 2)}" width="${number(Math.max(length, 1))}" height="${bar - 4}" fill="${colours[group.bars.length > 4 ? 0 : i]}"/>`)
      body.push(text(left + length + 6, y + 13, one.shown))
      y += bar
    }
    y += 12
  }
  return page(width, y + 4, title, body)
}
