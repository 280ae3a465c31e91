import { UserError } from '../model/error.ts'

/** A mistake in a declaration. The loader puts the file and line of the call in front of `subject`. */
export function fail(subject: string, what: string, todo: string): never {
  throw new UserError({ where: subject, what, todo })
}

/** What to do about a declared object that is not there yet. */
export const circular = 'declare it, and before this: files that import each other see it too late, so put what both need into a third'

/** A name PostgreSQL keeps as it is. Throws UserError for an empty one and for one it would cut at 63 bytes. */
export function checkedName(name: unknown, subject: string): string {
  if (typeof name !== 'string' || name === '') fail(subject, `its name is ${name === '' ? 'empty' : String(name)}`, 'give it a name')
  const bytes = Buffer.byteLength(name)
  if (bytes > 63) fail(subject, `the name "${name}" has ${bytes} bytes and PostgreSQL cuts names at 63`, 'shorten it')
  return name
}
