import { connect, DatabaseError, type Connection } from '../../../src/db/index.ts'

/** `small` for the suite, `whole` for npm run test:concurrency. */
export const whole = process.env['CONCURRENCY'] === 'whole'
export const load = whole ? { workers: 32, accounts: 2_000, seconds: 60, short: 5 } : { workers: 8, accounts: 100, seconds: 2, short: 1 }

/** What became of the work: how much was done, how often PostgreSQL said what, and how long each piece took. */
export interface Outcome {
  done: number
  readonly errors: Map<string, number>
  readonly milliseconds: number[]
  seconds: number
}

/** Numbers that look random and are the same in every run of a worker (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export interface Work {
  readonly url: string
  readonly workers?: number
  /** Until then, or until each worker has done `times`. */
  readonly seconds?: number
  readonly times?: number
  /** SQLSTATEs after which the same piece is tried again, at most twenty times. */
  readonly retry?: readonly string[]
  /** Done once on each connection, before the clock starts. */
  readonly prepare?: (c: Connection) => Promise<unknown>
  /** Asked before each piece: nothing more is begun when it says so. */
  readonly enough?: (so: Outcome) => boolean
  readonly job: (c: Connection, random: () => number, worker: number, n: number) => Promise<unknown>
}

/** Runs the job on as many connections at once. An error of PostgreSQL is counted, any other is thrown. */
export async function together({ url, workers = load.workers, seconds = Infinity, times = Infinity, retry = [], prepare, enough = () => false, job }: Work): Promise<Outcome> {
  const out: Outcome = { done: 0, errors: new Map(), milliseconds: [], seconds: 0 }
  const connections = await Promise.all(Array.from({ length: workers }, () => connect(url)))
  if (prepare !== undefined) await Promise.all(connections.map(prepare))
  const started = performance.now()
  const until = started + seconds * 1000
  const one = async (c: Connection, worker: number): Promise<void> => {
    const random = randomOf(worker + 1)
    for (let n = 0; n < times && performance.now() < until && !enough(out); n++) {
      const began = performance.now()
      for (let attempt = 1; ; attempt++) {
        try {
          await job(c, random, worker, n)
          out.done++
          break
        } catch (error) {
          if (!(error instanceof DatabaseError)) throw error
          const code = error.code ?? 'connection'
          if (retry.includes(code) && attempt < 20) continue
          out.errors.set(code, (out.errors.get(code) ?? 0) + 1)
          break
        }
      }
      out.milliseconds.push(performance.now() - began)
    }
  }
  try {
    await Promise.all(connections.map(one))
  } finally {
    await Promise.all(connections.map((c) => c.close()))
  }
  out.seconds = (performance.now() - started) / 1000
  out.milliseconds.sort((a, b) => a - b)
  return out
}

export const percentile = (sorted: readonly number[], p: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0

/** `1,234 done in 2.0 s (617 a second), p50 3 ms, p99 12 ms; MM402 17 times`. */
export function told(o: Outcome): string {
  const errors = [...o.errors].map(([code, n]) => `${code} ${n} times`)
  const rate = Math.round(o.done / o.seconds).toLocaleString('en')
  const ms = (p: number): string => percentile(o.milliseconds, p).toFixed(0)
  return `${o.done.toLocaleString('en')} done in ${o.seconds.toFixed(1)} s (${rate} a second), p50 ${ms(0.5)} ms, p99 ${ms(0.99)} ms${errors.length === 0 ? '' : `; ${errors.join(', ')}`}`
}
