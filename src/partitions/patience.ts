import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseError } from '../db/index.ts'

export interface Patience {
  /** How often something is tried that another session's lock stands in the way of. */
  readonly attempts: number
  readonly retry: (attempt: number, reason: string, waitMs: number) => void
}

/** lock_not_available and deadlock_detected: somebody else's work, worth another try. */
export const passing = (error: unknown): boolean => error instanceof DatabaseError && (error.code === '55P03' || error.code === '40P01')

/** Tries again, after a while that grows, what fails for another session's lock. Throws the last failure. */
export async function patiently<T>(patience: Patience, attempt: () => Promise<T>): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await attempt()
    } catch (error) {
      if (!passing(error) || n >= patience.attempts) throw error
      const wait = Math.round(Math.min(250 * 2 ** n, 8_000) * (0.5 + Math.random()))
      patience.retry(n, (error as DatabaseError).message, wait)
      await sleep(wait)
    }
  }
}
