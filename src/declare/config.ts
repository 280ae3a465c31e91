import { existsSync, statSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import * as z from 'zod'
import { UserError } from '../model/error.ts'
import type { Config } from '../words/config.ts'
import { evaluate } from './evaluate.ts'
import { ownEntry } from './self.ts'

export const configName = 'schema.config.ts'

/** A configuration and what its paths are relative to. */
export interface LoadedConfig {
  readonly config: Config
  /** Its file; null when there is none and the defaults hold. */
  readonly file: string | null
  readonly dir: string
  /** The declaration, absolute. */
  readonly schemaDir: string
}

const options = z.record(z.string(), z.unknown())
const schema = z.strictObject({
  schema: z.string().min(1),
  url: z.string().optional(),
  manage: z
    .strictObject({
      namespaces: z.union([z.array(z.string()), z.literal('*')]).optional(),
      roles: z.array(z.string()).optional(),
      extensions: z.union([z.array(z.string()), z.literal('*')]).optional(),
      owner: z.string().optional(),
    })
    .optional(),
  shadow: z.string().optional(),
  plans: z.string().optional(),
  docs: z.union([z.string(), options]).optional(),
  access: z.string().min(1).optional(),
  lint: z.record(z.string(), z.enum(['error', 'warn', 'off'])).optional(),
  budgets: options.optional(),
  attic: options.optional(),
})

/**
 * Reads a configuration. In: its path, or nothing for `schema.config.ts` of the working directory; without that file the
 * defaults hold (`schema: 'schema'`). Throws UserError for a file that is not there, does not compile, or says what no
 * configuration says.
 */
export async function loadConfig(path?: string, cwd: string = process.cwd(), selfUrl: string = ownEntry()): Promise<LoadedConfig> {
  const file = resolve(cwd, path ?? configName)
  if (!existsSync(file)) {
    if (path === undefined) return { config: { schema: 'schema' }, file: null, dir: cwd, schemaDir: resolve(cwd, 'schema') }
    throw new UserError({ where: path, what: 'there is no such configuration', todo: 'correct --config, or make one with `schema init`' })
  }
  const where = relative(cwd, file)
  if (!statSync(file).isFile()) throw new UserError({ where, what: 'it is not a file', todo: `name the file, such as ${where}/${configName}` })
  const { exports } = await evaluate([file], selfUrl, cwd)
  const given = (exports['only'] as { default?: unknown }).default
  if (given === undefined) throw new UserError({ where, what: 'it has no default export', todo: "write `export default defineConfig({ schema: 'schema' })`" })
  const checked = schema.safeParse(given)
  if (!checked.success) throw wrong(where, checked.error.issues[0]!)
  const config = checked.data as Config
  return { config, file, dir: dirname(file), schemaDir: resolve(dirname(file), config.schema) }
}

function wrong(where: string, issue: z.core.$ZodIssue): UserError {
  const option = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(option === '' ? schema.shape : {})
    return new UserError({
      where,
      what: `${option === '' ? '' : `${option}: `}there is no option ${issue.keys.join(', ')}`,
      todo: known.length === 0 ? 'remove it' : `use one of ${known.join(', ')}`,
    })
  }
  return new UserError({ where, what: `${option === '' ? 'its default export' : `option ${option}`}: ${issue.message}`, todo: 'correct it' })
}
