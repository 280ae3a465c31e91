import { UserError } from '../../model/error.ts'

/** An error as its reader sees it: one message, and a stack trace only when asked for. */
export function failureText(error: unknown, debug: boolean): string {
  if (error instanceof UserError) return `${error.message}\n${debug && error.cause instanceof Error ? `${error.cause.stack}\n` : ''}`
  const e = error instanceof Error ? error : new Error(String(error))
  if (debug) return `${e.stack}\n`
  const code = (e as { code?: unknown }).code
  return `schema: ${e.message}${typeof code === 'string' ? ` (${code})` : ''}; this is not an error we know, run it again with --debug and report it\n`
}
