import { build } from 'esbuild'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Bundles a TypeScript file of `test/` to a program below `folder/node_modules`, by default the repository's, and
 * returns its path. For tests that need a process of their own, to kill it for example.
 */
export async function bundle(file: string, folder: string = root): Promise<string> {
  const out = join(folder, 'node_modules', '.cache', 'pgintent-test')
  mkdirSync(out, { recursive: true })
  const outfile = join(out, `${basename(file, '.ts')}-${process.pid}.mjs`)
  await build({
    entryPoints: [join(root, 'test', file)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  })
  return outfile
}

/** A running child. `line` is the first line it printed. */
export interface Child {
  readonly process: ChildProcess
  readonly line: string
  /** Resolves when the child has ended and nobody holds its output open any more. */
  readonly closed: Promise<unknown>
}

/** Runs a bundled program and waits for its first line. Throws with its error output when it ends before. */
export async function runChild(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Child> {
  const child = spawn(process.execPath, [program, ...args], { env: { ...process.env, ...env } })
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const closed = once(child, 'close')
  const first = once(createInterface(child.stdout), 'line') as Promise<[string]>
  const line = await Promise.race([first.then(([text]) => text), closed.then(() => Promise.reject(new Error(`the child ended: ${errors}`)))])
  return { process: child, line, closed }
}
