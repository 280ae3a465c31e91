import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UserError } from '../model/error.ts'
import { bundle, type Bundle } from './bundle.ts'
import { Positions, positionText } from './positions.ts'

/** A module that has run, and how to find its places. */
export interface Evaluated {
  readonly exports: { readonly [name: string]: unknown }
  readonly positions: Positions
  readonly inputs: readonly string[]
}

/**
 * Compiles files into one module and runs it. The module lies in a folder of its own for as long as it takes to import it: an
 * import from a `data:` URL makes every later stack slow. Throws UserError with a place for what does not compile or throws.
 */
export async function evaluate(files: readonly string[], selfUrl: string, cwd: string): Promise<Evaluated> {
  const folder = await mkdtemp(join(tmpdir(), 'pgintent-'))
  try {
    const made = await bundle(files, join(folder, 'declaration.mjs'), selfUrl, cwd)
    await writeFile(made.outfile, made.code)
    const positions = new Positions(made.outfile, made.map, selfUrl, cwd)
    return { exports: await run(made, positions, selfUrl, cwd), positions, inputs: made.inputs }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function run(made: Bundle, positions: Positions, selfUrl: string, cwd: string): Promise<Evaluated['exports']> {
  try {
    return (await import(/* @vite-ignore */ pathToFileURL(made.outfile).href)) as Evaluated['exports']
  } catch (e) {
    throw missingExport(e, made.inputs, selfUrl, cwd) ?? thrown(e, positions)
  }
}

/** An import of a name that its module does not export; the engine says it without a place in the declaration. */
function missingExport(e: unknown, inputs: readonly string[], selfUrl: string, cwd: string): UserError | null {
  const [, url, name] = (e instanceof SyntaxError && /module '([^']+)' does not provide an export named '([^']+)'/.exec(e.message)) || []
  if (url === undefined || name === undefined) return null
  const imported = new RegExp(`import\\b[^;'"]*?\\b${name.replaceAll('$', '\\$')}\\b[^;'"]*?from\\b`)
  const places = inputs.flatMap((file) => {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const found = imported.exec(text)
    const before = found === null ? [] : text.slice(0, found.index + found[0].search(new RegExp(`\\b${name.replaceAll('$', '\\$')}\\b`))).split('\n')
    return found === null ? [] : [`${relative(cwd, file)}:${before.length}:${before.at(-1)!.length + 1}`]
  })
  const what = `${url === selfUrl ? 'pgintent' : basename(url)} has no ${name} to import`
  return new UserError({ where: places[0] ?? 'the declaration', what, todo: 'correct the import' }, { cause: e })
}

/** An error of a declaration, with its place in front. */
function thrown(e: unknown, positions: Positions): UserError {
  const stack = e instanceof Error ? e.stack : undefined
  // The words throw UserError, but a bundle may carry a copy of the class.
  if (e instanceof Error && e.name === 'UserError') {
    const { where, what, todo } = e as UserError
    const at = positionText(positions.declaredAt(stack))
    return new UserError(at === undefined ? { where, what, todo } : { where: at, what: `${where}: ${what}`, todo }, { cause: e })
  }
  const at = positionText(positions.thrownAt(stack)) ?? 'the declaration'
  return new UserError({ where: at, what: `it throws: ${e instanceof Error ? e.message : String(e)}`, todo: 'correct the declaration' }, { cause: e })
}
