import { reservedWords } from './reserved.ts'

const plain = /^[a-z_][a-z0-9_$]*$/

/** An SQL identifier, quoted when a PostgreSQL from 15 to 18 would need it. */
export function ident(name: string): string {
  return plain.test(name) && !reservedWords.has(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** A qualified name: `app.users`. */
export function qualified(path: readonly string[]): string {
  return path.map(ident).join('.')
}

/** A comma-separated list of identifiers. */
export function identList(names: readonly string[]): string {
  return names.map(ident).join(', ')
}

/** A role as it appears in GRANT and POLICY: PUBLIC is a keyword, everything else an identifier. */
export function roleName(name: string): string {
  return name === 'public' || name === 'PUBLIC' ? 'PUBLIC' : ident(name)
}
