import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connect, type Connection } from '../../src/db/index.ts'
import { waitUntilGone } from '../support/processes.ts'
import type { Case, Edit } from './case.ts'
import { digest } from './digest.ts'
import { Places } from './places.ts'

const program = fileURLToPath(new URL('../../bin/schema', import.meta.url))

export interface Ran {
  readonly exit: number | NodeJS.Signals
  readonly stdout: string
  readonly stderr: string
}

export interface Outcome extends Ran {
  readonly after: Ran | null
  readonly targetBefore: string
  readonly targetAfter: string
  /** Shadow servers that outlived the command. */
  readonly left: readonly string[]
  readonly secrets: readonly string[]
  readonly stable: (text: string) => string
}

/** Runs one case in a folder of its own against a database of its own. In: the case, its folder, and a superuser's URL. */
export async function runCase(given: Case, home: string, url: string): Promise<Outcome> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pgi-error-')))
  const places = new Places(url, folder)
  const cleaner = await connect(url)
  try {
    if (given.bare !== true && !existsSync(join(home, 'schema'))) lay(join(home, '../common'), folder)
    lay(home, folder)
    const sql = async (texts: readonly string[] = [], on: Connection = cleaner): Promise<void> => {
      for (const text of texts) await on.script(await places.fill(text))
    }
    await sql(given.setup)
    const run = async (args: readonly string[], signal?: NodeJS.Signals): Promise<Ran & { left: string[] }> =>
      command(await all(args, places), await environment(given, url, places), folder, signal)
    for (const args of given.before ?? []) {
      const ran = await run(args)
      if (ran.exit !== 0) throw new Error(`before the case, schema ${args.join(' ')} ended with ${ran.exit}: ${ran.stderr}`)
    }
    for (const e of given.edit ?? []) edit(join(folder, e.file), e)
    await sql(given.then)
    const targetBefore = await digest(url, given.leaves === 'journal')
    const holder = given.hold === undefined ? null : await connect(url)
    if (holder !== null) await sql(given.hold, holder)
    const ran = await run(given.args, given.signal).finally(() => holder?.close())
    const targetAfter = await digest(url, given.leaves === 'journal')
    const after = given.after === undefined ? null : await run(given.after.args)
    return { ...ran, after, targetBefore, targetAfter, secrets: places.secrets, stable: (text) => places.stable(text) }
  } finally {
    await cleaner.script(`drop owned by ${places.role} cascade; drop role ${places.role}`).catch(() => undefined)
    await cleaner.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Copies a case's input. Files that do not compile end in `.txt`, so that nobody but the command tries. */
function lay(from: string, folder: string): void {
  cpSync(from, folder, { recursive: true })
  for (const name of ['case.json', 'stderr.txt', 'after.txt']) rmSync(join(folder, name), { force: true })
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    if (name.endsWith('.txt')) renameSync(join(folder, name), join(folder, name.slice(0, -4)))
  }
}

function edit(path: string, { remove, replace, mode }: Edit): void {
  if (remove) rmSync(path, { recursive: true })
  if (replace) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    if (!text.includes(replace[0])) throw new Error(`${path} does not hold ${replace[0]}`)
    writeFileSync(path, text.replace(replace[0], replace[1]))
  }
  if (mode !== undefined) chmodSync(path, Number.parseInt(mode, 8))
}

async function all(texts: readonly string[], places: Places): Promise<string[]> {
  return Promise.all(texts.map((t) => places.fill(t)))
}

async function environment(given: Case, url: string, places: Places): Promise<NodeJS.ProcessEnv> {
  const env: NodeJS.ProcessEnv = { ...process.env, DATABASE_URL: url, NO_COLOR: '1' }
  for (const name of Object.keys(env)) if (/^PG[A-Z]+$/.test(name) || name === 'FORCE_COLOR') delete env[name]
  for (const [name, value] of Object.entries(given.env ?? {})) {
    if (value === null) delete env[name]
    else env[name] = await places.fill(value)
  }
  return env
}

async function command(args: readonly string[], env: NodeJS.ProcessEnv, cwd: string, signal: NodeJS.Signals | undefined): Promise<Ran & { left: string[] }> {
  const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  let left: string[] = []
  if (signal !== undefined) {
    const run = `run-${child.pid}-`
    await seen(run, closed)
    child.kill(signal)
    await closed
    left = await waitUntilGone(run)
  }
  const [code, by] = await closed
  return { exit: code ?? by!, stdout, stderr, left }
}

/** Waits until a process that mentions the text runs. */
async function seen(text: string, ended: Promise<unknown>): Promise<void> {
  const { processesOf } = await import('../support/processes.ts')
  let over = false
  void ended.then(() => (over = true))
  while (!over && !processesOf(text).some((line) => /postgres .*-D/.test(line))) await new Promise((resolve) => setTimeout(resolve, 5))
  if (over) throw new Error('the command ended before its shadow server was seen')
}
