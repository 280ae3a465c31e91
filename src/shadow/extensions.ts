import { UserError } from '../model/error.ts'
import type { Connection } from '../db/index.ts'
import { carries, describe, type Installation } from './installation.ts'

/** The wished extensions that this installation certainly lacks. */
export function lacking(installation: Installation, extensions: readonly string[]): string[] {
  return extensions.filter((extension) => carries(installation, extension) === false)
}

/** Throws a UserError when the server lacks a wished extension. Costs a round trip only when there are wishes. */
export async function requireExtensions(connection: Connection, extensions: readonly string[], where: string, others: () => readonly Installation[]): Promise<void> {
  if (extensions.length === 0) return
  const rows = await connection.query<{ name: string }>('select name::text from pg_catalog.pg_available_extensions where name = any ($1)', [extensions])
  const available = new Set(rows.map((row) => row.name))
  const missing = extensions.filter((extension) => !available.has(extension))
  if (missing.length > 0) throw missingExtensions(missing, where, others())
}

/** The error for extensions that a shadow lacks: it names them and who on this machine would have them. */
export function missingExtensions(missing: readonly string[], where: string, installations: readonly Installation[]): UserError {
  const names = missing.map((name) => `"${name}"`).join(', ')
  const having = installations.filter((one) => missing.every((name) => carries(one, name) === true))
  const here = having.map((one) => `"${one.source}:${one.major}" (${describe(one)})`)
  const options = [...here, '"docker:IMAGE" with an image that has it', 'the URL of a server that has it', '"target"']
  return new UserError({
    where,
    what: `the extension${missing.length > 1 ? 's' : ''} ${names} ${missing.length > 1 ? 'are' : 'is'} not available there`,
    todo: `set shadow to ${options.join(', or ')}`,
  })
}
