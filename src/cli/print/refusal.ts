import { UserError } from '../../model/error.ts'
import type { PlanDocument } from '../../plan/document.ts'

/** What stands against a plan: hazards nobody allowed, or a proof that failed. Null when nothing does. */
export function refusal(plan: PlanDocument, refused: readonly { name: string; sentence: string; id: string }[]): UserError | null {
  if (plan.proof?.verdict === 'failed')
    return new UserError({
      where: 'proof',
      what: plan.proof.findings[0] ?? 'the plan does not do what it says',
      todo: 'the plan is not written; report this with the two states if PostgreSQL is right',
      code: 'refused',
    })
  if (refused.length === 0) return null
  const names = [...new Set(refused.map((r) => r.name))]
  const lines = refused.map((r) => `${r.name}: ${r.sentence}`)
  const what = lines.length === 1 ? `refused until allowed, ${lines[0]}` : `refused until allowed:\n    ${lines.join('\n    ')}`
  return new UserError({ where: 'plan', what, todo: `if that is meant, say ${names.map((n) => `--allow ${n}`).join(' ')}`, code: 'refused' })
}
