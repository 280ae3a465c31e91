import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { UserError } from '../model/error.ts'

const declares = (name: string): boolean => /\.m?ts$/.test(name) && !/\.(test|spec|d|config)\.m?ts$/.test(name)

/**
 * The files of a declaration, in a fixed order: one file, or every TypeScript file of a folder and its folders but tests, type
 * declarations, configurations, `node_modules` and what starts with a dot. Throws UserError when there are none.
 */
export function declarationFiles(schema: string, cwd: string): string[] {
  const where = relative(cwd, schema) || '.'
  const found = statSync(schema, { throwIfNoEntry: false })
  if (found === undefined)
    throw new UserError({ where, what: 'there is no such folder or file', todo: 'name the declaration with --schema or in schema.config.ts, or make one with `schema init`' })
  if (found.isFile()) return [schema]
  const out: string[] = []
  walk(schema, out)
  if (out.length === 0) throw new UserError({ where, what: 'it holds no *.ts file', todo: 'declare something in it, or pull a database with `schema pull`' })
  return out
}

function walk(folder: string, out: string[]): void {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const e of entries) {
    if (e.name.startsWith('.') || e.name === 'node_modules') continue
    const path = join(folder, e.name)
    if (e.isDirectory() || (e.isSymbolicLink() && statSync(path).isDirectory())) walk(path, out)
    else if (declares(e.name)) out.push(path)
  }
}
