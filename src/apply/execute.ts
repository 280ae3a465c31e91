import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseError, type Connection } from '../db/index.ts'
import { sessionSettings } from '../plan/script.ts'
import type { DocumentStep } from '../plan/document.ts'
import { stepNote } from './journal.ts'

export interface Timeouts {
  /** How long a step waits for a lock, in milliseconds, before it gives way and tries again. */
  readonly lock: number
  /** How long a statement may run, in milliseconds; 0 for ever. */
  readonly statement: number
  /** How often a segment is tried. */
  readonly attempts: number
}

export const defaultTimeouts: Timeouts = { lock: 5_000, statement: 0, attempts: 6 }

export interface Progress {
  readonly step: (n: number, step: DocumentStep, state: 'start' | 'done') => void
  readonly retry: (attempt: number, reason: string, waitMs: number) => void
}

/** A step that failed; the segment it was in was undone. */
export class ApplyFailed extends Error {
  readonly n: number
  readonly step: DocumentStep
  readonly error: DatabaseError
  readonly attempts: number
  constructor(n: number, step: DocumentStep, error: DatabaseError, attempts: number) {
    super(error.message, { cause: error })
    this.n = n
    this.step = step
    this.error = error
    this.attempts = attempts
  }
}

/** lock_not_available and deadlock_detected: somebody else's work, worth another try. */
const passing = new Set(['55P03', '40P01'])

/** Runs the steps after the first `done`, segment by segment, each in its transaction, and notes each in the journal. */
export async function execute(connection: Connection, run: string, steps: readonly DocumentStep[], done: number, timeouts: Timeouts, progress: Progress): Promise<void> {
  await connection.script([...sessionSettings, `SET lock_timeout = ${timeouts.lock}`, `SET statement_timeout = ${timeouts.statement}`].join('; '))
  for (let i = done; i < steps.length;) {
    let end = i
    while (end < steps.length && steps[end]!.segment === steps[i]!.segment) end++
    await segment(connection, run, steps, i, end, timeouts, progress)
    i = end
  }
  await connection.script('RESET ALL')
}

async function segment(connection: Connection, run: string, steps: readonly DocumentStep[], from: number, to: number, timeouts: Timeouts, progress: Progress): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    let n = from
    try {
      await connection.script('BEGIN')
      for (; n < to; n++) {
        const step = steps[n]!
        progress.step(n + 1, step, 'start')
        await connection.script(`${step.sql.join(';\n')};\n${stepNote(run, n + 1, step.id)}`)
        progress.step(n + 1, step, 'done')
      }
      await connection.script('COMMIT')
      return
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      await connection.script('ROLLBACK').catch(() => undefined)
      if (!passing.has(error.code ?? '') || attempt >= timeouts.attempts) throw new ApplyFailed(n + 1, steps[Math.min(n, to - 1)]!, error, attempt)
      const wait = Math.round(Math.min(250 * 2 ** attempt, 8_000) * (0.5 + Math.random()))
      progress.retry(attempt, error.message, wait)
      await sleep(wait)
    }
  }
}
