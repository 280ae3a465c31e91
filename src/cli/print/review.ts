import chalk from 'chalk'
import type { PlanDocument } from '../../plan/document.ts'
import { reviewGroups, summary, type Mark } from '../../plan/review.ts'

const colour: Record<Mark, (text: string) => string> = { '+': chalk.green, '-': chalk.red, '~': chalk.yellow, '>': chalk.cyan }

/** The review as a person reads it on a terminal. */
export function reviewText(plan: PlanDocument): string {
  const lines = [`schema plan   ${plan.target.database} · PostgreSQL ${plan.target.server} · ${plan.declared.tables} tables declared in ${plan.declared.where}`, '']
  for (const g of reviewGroups(plan)) {
    lines.push(`  ${chalk.bold(g.title)}${g.size === '' ? '' : chalk.dim(`   ${g.size}`)}`)
    for (const l of g.lines) {
      const notes = l.notes.length === 0 ? '' : chalk.dim(`   ${l.notes.join(', ')}`)
      lines.push(`    ${colour[l.mark](l.mark)} ${l.what}${notes}`)
      for (const d of l.dangers) lines.push(`        ${chalk.yellow('!')} ${d}`)
    }
    lines.push('')
  }
  for (const s of summary(plan)) lines.push(`  ${s}`)
  return lines.join('\n')
}
