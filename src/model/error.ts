/**
 * An error for the person at the terminal. It is printed as it is, without a stack trace, so it must say where the
 * trouble is, what it is, and what to do about it. Never put a password into any of them: see `redactUrl` in `db/`.
 */
export class UserError extends Error {
  /** The file, object, option or server it is about. */
  readonly where: string
  /** What is wrong. */
  readonly what: string
  /** What to do about it. */
  readonly todo: string
  /** `refused` ends the command with exit code 3, anything else with 1. */
  readonly code: 'failed' | 'refused'

  constructor(parts: { where: string; what: string; todo: string; code?: 'failed' | 'refused' }, options?: { cause?: unknown }) {
    super(`${parts.where}: ${parts.what}; ${parts.todo}`, options)
    this.name = 'UserError'
    this.where = parts.where
    this.what = parts.what
    this.todo = parts.todo
    this.code = parts.code ?? 'failed'
  }
}
