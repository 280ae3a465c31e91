import chalk from 'chalk'
import { cellText, legend, type AccessReport } from '../../access/index.ts'

type Cell = AccessReport['tables'][number]['cells'][number]

/** The matrix of a report for a terminal of a width: as many actors beside each other as fit, then the next ones; attacks below. */
export function matrixText(report: AccessReport, width: number): string {
  const { tables, actors, attacks } = report
  const lines: string[] = []
  const names = Math.max(5, ...tables.map((t) => t.name.length))
  const widths = actors.map((a, i) => Math.max(a.name.length, ...tables.map((t) => cellText(t.cells[i]!).length)))
  for (let from = 0; from < actors.length;) {
    let to = from + 1
    for (let used = names + 4 + widths[from]!; to < actors.length && used + 3 + widths[to]! <= width; to++) used += 3 + widths[to]!
    const band = actors.slice(from, to).map((a, i) => ({ name: a.name, index: from + i, width: widths[from + i]! }))
    lines.push(`  ${' '.repeat(names)}   ${band.map((a) => chalk.bold(a.name.padEnd(a.width))).join('   ')}`.trimEnd())
    for (const t of tables) lines.push(`  ${t.name.padEnd(names)}   ${band.map((a) => coloured(t.cells[a.index]!, a.width)).join('   ')}`.trimEnd())
    lines.push('')
    from = to
  }
  if (tables.length > 0) lines.push(`  ${chalk.dim(legend)}`, '')
  for (const a of attacks) lines.push(`  ${a.ok ? (a.limit ? chalk.yellow('!') : chalk.green('✓')) : chalk.red('✗')} ${a.name}, by ${a.actor}: ${a.observed}${a.limit && a.ok ? chalk.dim(`   known limit: ${a.why}`) : ''}`) // prettier-ignore
  if (attacks.length > 0) lines.push('')
  return lines.join('\n')
}

function coloured(cell: Cell, width: number): string {
  const text = cellText(cell)
  const padding = ' '.repeat(width - text.length)
  if (text === '–') return chalk.dim(text) + padding
  return cell.operations.some((o) => !o.ok) ? chalk.red(text) + padding : chalk.green(text) + padding
}
