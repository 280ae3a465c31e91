import { UserError } from '../model/error.ts'
import type { Settings } from './settings.ts'

/** An error that PostgreSQL reported. `code` is the SQLSTATE; `08006` stands for a connection that broke. */
export class DatabaseError extends Error {
  readonly code: string
  readonly detail: string | undefined
  readonly hint: string | undefined
  /** One-based character in the text that was sent, as one string, however many statements it holds. */
  readonly position: number | undefined
  /** The context: function, line, the statement inside it. */
  readonly where: string | undefined
  readonly schema: string | undefined
  readonly table: string | undefined
  readonly column: string | undefined
  readonly constraint: string | undefined

  constructor(error: Error & { readonly [field: string]: unknown }, options?: { cause?: unknown }) {
    super(error.message, options)
    this.name = 'DatabaseError'
    this.code = isSqlState(error['code']) ? error['code'] : '08006'
    this.detail = text(error['detail'])
    this.hint = text(error['hint'])
    this.position = error['position'] === undefined ? undefined : Number(error['position'])
    this.where = text(error['where'])
    this.schema = text(error['schema'])
    this.table = text(error['table'])
    this.column = text(error['column'])
    this.constraint = text(error['constraint'])
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isSqlState(code: unknown): code is string {
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)
}

/** What went wrong while a connection was being opened, for the person at the terminal. Never holds the password. */
export function connectError(error: unknown, at: Settings, where: string): UserError {
  const { code, message } = reason(error)
  const make = (what: string, todo: string) => new UserError({ where, what, todo }, { cause: error })
  switch (code) {
    case '28P01':
      return make(`the password for user "${at.user}" was not accepted`, 'check the user and the password of the URL')
    case '28000':
      return make(message, 'check the user of the URL and the server’s pg_hba.conf')
    case '3D000':
      return make(`the database "${at.database}" does not exist`, 'create it or correct the name in the URL')
    case '42501':
      return make(`user "${at.user}" may not connect to the database "${at.database}"`, `GRANT CONNECT ON DATABASE ${at.database} TO ${at.user}, or connect as another user`)
    case '53300':
      return make('the server has no connection left', 'close some connections or raise max_connections')
    case '57P03':
      return make(message, 'wait until the server is up and try again')
  }
  if (isSqlState(code)) return make(message, 'see the server’s log')
  if (/password must be a/i.test(message)) {
    return make(`the server asks for a password for user "${at.user}"`, 'put it into the URL, PGPASSWORD or ~/.pgpass')
  }
  if (/SCRAM|SASL/.test(message)) return make(message, 'check the password and that nothing rewrites the connection')
  if (/does not support SSL/i.test(message)) {
    return make('the server does not speak TLS', 'use sslmode=disable or prefer if that is intended')
  }
  if (/^(CERT|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)) {
    return make(`the server’s certificate was not accepted (${message})`, 'give its authority as sslrootcert')
  }
  return make(`the server cannot be reached (${message})`, 'check host and port, and that it is running')
}

function reason(error: unknown): { code: string; message: string } {
  // A host with several addresses fails with one error per address.
  const first: unknown = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error
  if (!(first instanceof Error)) return { code: '', message: String(first) }
  return { code: text((first as { code?: unknown }).code) ?? '', message: first.message }
}
