import { DatabaseError } from '../../db/errors.ts'
import { UserError } from '../../model/error.ts'

/** An error as its reader sees it: one message, and a stack trace only when asked for. */
export function failureText(error: unknown, debug: boolean): string {
  if (error instanceof UserError) return `${error.message}\n${debug && error.cause instanceof Error ? `${error.cause.stack}\n` : ''}`
  const e = error instanceof Error ? error : new Error(String(error))
  if (debug) return `${e.stack}\n`
  return `${e instanceof DatabaseError ? fromDatabase(e) : (fromFiles(e) ?? unknown(e))}\n`
}

/** What PostgreSQL may say to anything that is asked of it. */
function fromDatabase(e: DatabaseError): string {
  const said = `the database: ${e.message}${e.detail ? ` (${e.detail})` : ''}`
  if (e.code === '42501') return `${said}; grant it to the role of the URL, or connect as another`
  if (e.code === '25006') return `${said}; connect to the primary server, or end default_transaction_read_only`
  if (e.code.startsWith('08') || e.code.startsWith('57P')) return `${said}; the connection broke, and an open transaction with it: see \`schema status\` and run it again`
  if (e.code.startsWith('53')) return `${said}; make room on the server and run it again`
  if (e.code === '57014') return `${said}; raise the timeout, or run it again when the server is less busy`
  if (e.code === '55P03' || e.code === '40P01') return `${said}; somebody else is at work on the same objects: run it again`
  return unknown(e)
}

/** What the file system may say. */
function fromFiles(e: Error & { code?: unknown; path?: unknown }): string | null {
  if (typeof e.path !== 'string') return null
  const [what, todo] = fileErrors[String(e.code)] ?? []
  return what === undefined ? null : `${e.path}: ${what}; ${todo}`
}

const fileErrors: { readonly [code: string]: readonly [what: string, todo: string] } = {
  EACCES: ['it may not be read or written', 'change its permissions, or name another'],
  EPERM: ['it may not be changed', 'change its permissions, or name another'],
  EROFS: ['it is on a file system that cannot be written', 'name another'],
  ENOSPC: ['no space is left', 'make room, or name another'],
  EEXIST: ['it is a file, where a folder is needed', 'name a folder'],
  ENOTDIR: ['a file is in its place or above it, where a folder is needed', 'name a folder'],
  EISDIR: ['it is a folder, where a file is needed', 'name a file'],
  ENOENT: ['it is not there', 'make it, or name another'],
}

function unknown(e: Error): string {
  const code = (e as { code?: unknown }).code
  return `schema: ${e.message}${typeof code === 'string' ? ` (${code})` : ''}; this is not an error we know, run it again with --debug and report it`
}
