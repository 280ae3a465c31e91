import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { connect, type Connection } from '../../src/db/index.ts'

/** Where commands run: a folder without a configuration of its own. */
const here = fileURLToPath(new URL('.', import.meta.url))
const program = fileURLToPath(new URL('../../bin/schema', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A command that is running: the process, and what came of it. */
export interface Running {
  readonly process: ChildProcess
  readonly ended: Promise<Ended>
}

/** Starts the real `bin/schema`, as a user would. */
export function start(...args: readonly string[]): Running {
  const { DATABASE_URL: _, ...env } = process.env
  const child = spawn(process.execPath, [program, ...args], { cwd: here, env: { ...env, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  return { process: child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, out, err })) }
}

export const schema = (...args: readonly string[]): Promise<Ended> => start(...args).ended

/** Waits until a query answers true. Throws when that takes too long. */
export async function until(connection: Connection, sql: string, timeoutMs = 30_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; Date.now() < end;) {
    const [row] = await connection.query<{ ok: boolean | null }>(`select (${sql}) as ok`)
    if (row?.ok === true) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  throw new Error(`it never came to: ${sql}`)
}

/** A session of its own, closed after use. */
export async function session<T>(url: string, use: (c: Connection) => Promise<T>): Promise<T> {
  const c = await connect(url)
  try {
    return await use(c)
  } finally {
    await c.close()
  }
}

/** Runs a command that must succeed; throws with what it said otherwise. */
export async function done(...args: readonly string[]): Promise<Ended> {
  const ended = await schema(...args)
  if (ended.code !== 0) throw new Error(`schema ${args[0]} ended with ${ended.code}: ${ended.err}${ended.out}`)
  return ended
}
