import { readdirSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'

/** Time for a guardian to clean up by itself before anybody else does. */
const graceMs = 60_000

/**
 * Removes in the background what a crash of the machine or a killed guardian has left: folders whose maker is dead
 * and whose server, if it still runs, is an orphan. Waits for nothing and never throws.
 *
 * A server that answers but cannot be seen as a process of ours belongs to another container that shares this
 * folder, and is left alone.
 */
export function sweep(parent: string): void {
  let names: string[]
  try {
    names = readdirSync(parent)
  } catch {
    return
  }
  for (const name of names) {
    const [, maker] = /^(?:run|draft)-(\d+)-/.exec(name) ?? []
    if (maker === undefined || isAlive(Number(maker))) continue
    void removeStale(join(parent, name)).catch(() => undefined)
  }
}

async function removeStale(dir: string): Promise<void> {
  if (Date.now() - statSync(dir).mtimeMs < graceMs) return
  const orphan = serverOf(dir)
  if (orphan !== undefined) process.kill(orphan, 'SIGQUIT')
  else if (await answers(join(dir, '.s.PGSQL.5432'))) return
  await rm(dir, { recursive: true, force: true, maxRetries: 3 })
}

/** The process of the server in this folder, if it runs and is one that we can see. */
function serverOf(dir: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(dir, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir) ? pid : undefined
  } catch {
    return undefined
  }
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(socket)
    probe.once('connect', () => resolve(true)).once('error', () => resolve(false))
    probe.unref()
    void probe.once('connect', () => probe.destroy())
  })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of somebody else may not be signalled, but it is there.
    return (error as { code?: string }).code === 'EPERM'
  }
}
