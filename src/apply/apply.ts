import { uuidv7 } from 'uuidv7'
import type { Connection } from '../db/index.ts'
import { diff } from '../diff/diff.ts'
import { keeping } from '../diff/scope.ts'
import { introspect } from '../introspect/index.ts'
import { withinCalendar, withoutOpen } from '../kinds/partition-calendar.ts'
import { UserError } from '../model/error.ts'
import { fingerprint } from '../model/fingerprint.ts'
import { modelOf, type Model } from '../model/model.ts'
import type { DbObject } from '../model/object.ts'
import type { DocumentStep, PlanDocument } from '../plan/document.ts'
import { planSteps } from '../plan/plan.ts'
import { optional } from '../shadow/elaborate.ts'
import { ApplyFailed, execute, type Progress, type Timeouts } from './execute.ts'
import { failure } from './failure.ts'
import { ensureJournal, markRun, startRun, unfinished, type Run } from './journal.ts'
import { lockDatabase, requireSession, unlockDatabase } from './lock.ts'
import { withProbes } from '../introspect/probes.ts'
import { retiredPartitions } from './retirements.ts'
import { checkRights } from './rights.ts'

export interface ApplyInput {
  readonly connection: Connection
  readonly plan: PlanDocument
  readonly direction: 'forward' | 'rollback'
  readonly timeouts: Timeouts
  readonly progress: Progress
}

export interface Applied {
  readonly run: string
  readonly steps: number
  /** Steps an earlier, interrupted run had done already. */
  readonly resumedAfter: number
  readonly milliseconds: number
}

/** Runs a plan forward or back. Throws UserError (refused) when the database is not in the state the plan was made for. */
export async function apply(input: ApplyInput): Promise<Applied> {
  const { connection } = input
  await requireSession(connection)
  if (!(await lockDatabase(connection)))
    throw new UserError({ where: 'apply', what: 'another apply or rollback is running on this database', todo: 'wait for it; `schema status` shows it', code: 'refused' })
  try {
    return await applyLocked(input)
  } finally {
    await unlockDatabase(connection)
  }
}

async function applyLocked(input: ApplyInput): Promise<Applied> {
  const { connection, plan, direction } = input
  const start = performance.now()
  await checkRights(connection, plan, direction)
  await ensureJournal(connection)
  const open = await unfinished(connection)
  const half = open !== null && open.planId === plan.id && open.done > 0 ? open : null
  if (open !== null && open.done > 0 && half === null)
    throw new UserError({
      where: 'apply',
      what: `plan ${open.planId} stopped after ${open.done} of ${open.steps} steps`,
      todo: 'finish it with `schema apply --resume`, or undo it with `schema rollback --last`',
      code: 'refused',
    })
  if (open !== null && open.done === 0) await markRun(connection, open.id, 'abandoned', open.error ?? 'nothing of it was committed')

  const current = await currentState(connection, plan)
  const { run, steps, done } = half === null ? await begin(input, current) : await resume(input, half, current)
  try {
    await execute(connection, run, steps, done, input.timeouts, input.progress)
  } catch (error) {
    if (!(error instanceof ApplyFailed)) throw error
    await markRun(connection, run, 'failed', `step ${error.n} (${error.step.action} ${error.step.id}): ${error.message}`)
    throw await failure(error, direction, connection)
  }
  await confirm(input, run)
  return { run, steps: steps.length - done, resumedAfter: done, milliseconds: Math.round(performance.now() - start) }
}

interface Work {
  readonly run: string
  readonly steps: readonly DocumentStep[]
  readonly done: number
}

async function begin({ connection, plan, direction }: ApplyInput, current: Model): Promise<Work> {
  const expected = direction === 'forward' ? plan.source : plan.desired
  if (fingerprint(current) !== expected) throw await stale(connection, plan, direction, current)
  const run = uuidv7()
  await startRun(connection, run, plan, direction, plan[direction].length)
  return { run, steps: plan[direction], done: 0 }
}

/** Forward goes on where it stopped; back, the way from what is there is planned anew from the plan's own record of the start. */
async function resume({ connection, plan, direction }: ApplyInput, half: Run, current: Model): Promise<Work> {
  if (half.direction === direction) {
    await markRun(connection, half.id, 'running')
    return { run: half.id, steps: plan[direction], done: half.done }
  }
  const goal = restored(current, plan, direction)
  if (fingerprint(goal) !== (direction === 'forward' ? plan.desired : plan.source)) throw await stale(connection, plan, direction, current)
  await markRun(connection, half.id, 'abandoned', half.error ?? `undone after ${half.done} steps`)
  const run = uuidv7()
  const steps = planSteps(current, goal) as unknown as DocumentStep[]
  await startRun(connection, run, plan, direction, steps.length)
  return { run, steps, done: 0 }
}

function restored(current: Model, plan: PlanDocument, direction: 'forward' | 'rollback'): Model {
  const objects = new Map(current.objects)
  for (const t of plan.touched) {
    const goal = (direction === 'forward' ? t.to : t.from) as DbObject | null
    const other = (direction === 'forward' ? t.from : t.to) as DbObject | null
    if (goal) objects.set(goal.id, goal)
    else if (other) objects.delete(other.id)
  }
  return modelOf(objects.values(), current.version)
}

async function currentState(connection: Connection, plan: PlanDocument): Promise<Model> {
  const read = await introspect(connection, plan.scope)
  const retired = Object.keys(plan.calendar).length === 0 ? [] : await retiredPartitions(connection)
  const found = withinCalendar(withoutOpen(read, retired), plan.calendar)
  return keeping(await withProbes(connection, found, plan.probes as unknown as DbObject[]), plan.kept, optional)
}

async function confirm({ connection, plan, direction }: ApplyInput, run: string): Promise<void> {
  const now = await currentState(connection, plan)
  const expected = direction === 'forward' ? plan.desired : plan.source
  if (fingerprint(now) === expected) return markRun(connection, run, 'done')
  const differing = diff(now, restored(now, plan, direction)).map((c) => c.id)
  const what = differing.length > 0 ? `${differing.slice(0, 6).join(', ')} ${differing.length === 1 ? 'is' : 'are'} not as planned` : 'something outside the plan changed meanwhile'
  await markRun(connection, run, 'done', `post-check: ${what}`)
  throw new UserError({ where: 'post-check', what: `every step ran, but ${what}`, todo: 'see `schema drift`, then plan again' })
}

async function stale(connection: Connection, plan: PlanDocument, direction: 'forward' | 'rollback', current: Model): Promise<UserError> {
  const [{ here }] = (await connection.query('select current_database() as here')) as [{ here: string }]
  const changed = diff(current, restored(current, plan, direction === 'forward' ? 'rollback' : 'forward')).map((c) => c.id)
  const applied = fingerprint(current) === (direction === 'forward' ? plan.desired : plan.source)
  const made = plan.target.database
  const what = applied
    ? `the database is already in the state that this ${direction === 'forward' ? 'plan leads to' : 'rollback leads to'}`
    : `${made === here ? 'the database changed since the plan was made' : `it was made for database ${made}, and this is ${here}, in another state`}${changed.length > 0 ? ` (${changed.slice(0, 5).join(', ')})` : ''}`
  return new UserError({ where: `plan ${plan.id}`, what, todo: applied ? 'there is nothing to do' : 'run `schema plan` again', code: 'refused' })
}
