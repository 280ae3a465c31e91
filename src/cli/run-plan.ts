import { join } from 'node:path'
import { apply, type Applied } from '../apply/apply.ts'
import { defaultTimeouts } from '../apply/execute.ts'
import { connect } from '../db/index.ts'
import { UserError } from '../model/error.ts'
import { readPlan } from '../plan/artifact.ts'
import type { PlanDocument } from '../plan/document.ts'
import type { Output } from './command.ts'
import { readIfThere } from './files.ts'

export function planIn(folder: string): PlanDocument {
  return readPlan(folder, (name) => readIfThere(join(folder, name)))
}

/** Applies or rolls back on a target and says each step. */
export async function runPlan(url: string, plan: PlanDocument, direction: 'forward' | 'rollback', out: Output, lockTimeout?: number): Promise<Applied> {
  const connection = await connect(url, { applicationName: 'pgintent apply', minimumVersion: 15 })
  const total = plan[direction].length
  try {
    const result = await apply({
      connection, plan, direction,
      timeouts: { ...defaultTimeouts, ...(lockTimeout === undefined ? {} : { lock: lockTimeout }) },
      progress: {
        step: (n, step, state) => (state === 'start' ? out.progress.say(`${n}/${total} ${step.action} ${step.id}`) : undefined),
        retry: (attempt, reason, wait) => out.say(`  attempt ${attempt}: ${reason}; trying again in ${(wait / 1000).toFixed(1)} s`),
      },
    }) // prettier-ignore
    out.progress.stop()
    const resumed = result.resumedAfter > 0 ? `, after ${result.resumedAfter} that an earlier run had done` : ''
    out.say(
      `${direction === 'forward' ? 'applied' : 'rolled back'}: ${result.steps} steps${resumed} in ${(result.milliseconds / 1000).toFixed(1)} s; the database is as ${direction === 'forward' ? 'declared' : 'it was'}`,
    )
    if (direction === 'rollback' && plan.proof?.verdict === 'lossy') for (const f of plan.proof.findings) out.say(`  but for what the plan dropped: ${f}`)
    out.document({ plan: plan.id, direction, ...result })
    return result
  } finally {
    out.progress.stop()
    await connection.close()
  }
}

/** Asks on a terminal; without one nothing is asked, and --yes is needed. */
export async function confirmed(question: string, yes: boolean | undefined): Promise<boolean> {
  if (yes) return true
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw new UserError({ where: 'confirmation', what: 'there is no terminal to ask on', todo: 'say --yes', code: 'refused' })
  const { createInterface } = await import('node:readline/promises')
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await reader.question(`${question} [y/N] `)
  reader.close()
  return /^y(es)?$/i.test(answer.trim())
}
