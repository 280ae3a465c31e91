import { cellText, legend } from './cell-text.ts'
import type { AccessReport, AttackReport } from './report.ts'

/** The report as a page: the same rows give the same text, on every server version. */
export function accessMarkdown(report: AccessReport): string {
  const { actors, tables, hidden, attacks, unnoticed } = report
  const lines = ['# Who may do what', '', 'Written by `schema test --out`; every cell was tried on real rows.', '', `${legend.charAt(0).toUpperCase()}${legend.slice(1)}`, '']
  lines.push(...markdownTable(['Actor', 'Role', 'Context'], actors.map((a) => [a.name, a.role === a.login ? a.role : `${a.role}, logged in as ${a.login}`, a.context.map((c) => `\`${c.replace(/\s+/g, ' ').trim()}\``).join(', ')])), '') // prettier-ignore
  for (const t of tables) {
    const rows = Object.entries(t.rows).map(([set, n]) => `${set} ${n}`).join(', ') // prettier-ignore
    lines.push(`## ${t.name}`, '', rows === '' ? 'No rows: only privileges were tried.' : `Rows: ${rows}`, '')
    const same = new Map<string, string[]>()
    for (const c of t.cells) same.set(cellText(c), [...(same.get(cellText(c)) ?? []), c.actor])
    lines.push(...markdownTable(['Access', 'Actors'], [...same].map(([text, who]) => [text, who.join(', ')])), '') // prettier-ignore
  }
  if (hidden.length > 0) lines.push('## Hidden columns', '', ...markdownTable(['Columns', 'Read by'], hidden.map((h) => [`\`${h.what}\``, h.but.length === 0 ? 'nobody' : h.but.join(', ')])), '') // prettier-ignore
  lines.push(...attackSection('Attacks', attacks.filter((a) => !a.limit)), ...attackSection('Known limits', attacks.filter((a) => a.limit))) // prettier-ignore
  if (unnoticed.length > 0) lines.push('## Mutants that nothing notices', '', ...markdownTable(['Mutants of `schema test --mutants`', 'Why'], unnoticed.map((u) => [`\`${u.what}\``, u.why])), '') // prettier-ignore
  return `${lines.join('\n').trimEnd()}\n`
}

function attackSection(title: string, attacks: readonly AttackReport[]): string[] {
  if (attacks.length === 0) return []
  // What PostgreSQL says changes from version to version; the code does not.
  const outcome = (a: AttackReport): string => (a.ok ? a.expected : `${a.observed}, expected ${a.expected}`)
  return [`## ${title}`, '', ...markdownTable(['What is tried', 'As', 'Comes to', 'Why'], attacks.map((a) => [a.name, a.actor, outcome(a), a.why])), ''] // prettier-ignore
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)]
}
