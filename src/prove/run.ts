import { DatabaseError, type Connection } from '../db/index.ts'
import type { PlannedStep } from '../plan/plan.ts'
import { observed, relationsNow, settle, type Observation } from './observe.ts'

/** A step that PostgreSQL refused while the plan was tried. */
export class StepFailed extends Error {
  readonly step: PlannedStep
  readonly index: number
  constructor(step: PlannedStep, index: number, error: DatabaseError) {
    super(error.message, { cause: error })
    this.step = step
    this.index = index
  }
}

/**
 * Runs steps one by one. Those that touch what was there before are observed; those that only make new things, which
 * nobody can be waiting for, run together. Throws StepFailed.
 */
export async function runSteps(connection: Connection, steps: readonly PlannedStep[], isNew: (step: PlannedStep) => boolean): Promise<(Observation | null)[]> {
  await connection.script(`SET check_function_bodies = off; SET search_path = ''; SET timezone = 'UTC'; SET client_min_messages = warning`)
  const out: (Observation | null)[] = []
  let relations: Awaited<ReturnType<typeof relationsNow>> = new Map()
  let stale = true
  for (let i = 0; i < steps.length;) {
    const together = countNew(steps, i, isNew)
    if (together > 0) {
      await runTogether(connection, steps, i, together)
      for (let k = 0; k < together; k++) out.push(null)
      i += together
      stale = true
      continue
    }
    const step = steps[i]!
    if (stale) {
      relations = await relationsNow(connection)
      await settle(connection)
    }
    stale = false
    try {
      const { observation, after } = await observed(connection, step, relations)
      out.push(observation)
      relations = after
    } catch (error) {
      throw await failed(connection, step, i, error)
    }
    i++
  }
  return out
}

function countNew(steps: readonly PlannedStep[], from: number, isNew: (step: PlannedStep) => boolean): number {
  let n = from
  while (n < steps.length && isNew(steps[n]!) && steps[n]!.segment === steps[from]!.segment) n++
  return n - from
}

async function runTogether(connection: Connection, steps: readonly PlannedStep[], from: number, count: number): Promise<void> {
  const part = steps.slice(from, from + count)
  try {
    await connection.script(`BEGIN; ${part.flatMap((s) => s.sql).join(';\n')}; COMMIT`)
  } catch {
    await connection.script('ROLLBACK')
    for (const [k, step] of part.entries()) {
      try {
        await connection.script(`BEGIN; ${step.sql.join(';\n')}; COMMIT`)
      } catch (error) {
        throw await failed(connection, step, from + k, error)
      }
    }
  }
}

async function failed(connection: Connection, step: PlannedStep, index: number, error: unknown): Promise<unknown> {
  if (!(error instanceof DatabaseError)) return error
  await connection.script('ROLLBACK')
  return new StepFailed(step, index, error)
}
