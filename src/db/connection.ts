import { CopyOut } from './copy-out.ts'
import { exactly, type Physical } from './driver.ts'
import { DatabaseError } from './errors.ts'
import { versionNumber } from './version.ts'

/** A message that the server sent while a statement ran. */
export interface Notice {
  /** NOTICE, WARNING, INFO, LOG or DEBUG, in the language of the server. */
  readonly severity: string
  readonly code: string
  readonly message: string
  readonly detail?: string
  readonly hint?: string
  readonly where?: string
}

/**
 * One physical connection. Statements run in the order in which they were asked for.
 * Values come back as plain data: see `types.ts`.
 */
export interface Connection {
  /** Runs one statement with `$n` parameters. Throws a DatabaseError. */
  query<T = Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<T[]>
  /**
   * Runs any number of statements in one round trip and returns the rows of the last one. Without a BEGIN of their
   * own they are one implicit transaction. Throws a DatabaseError.
   */
  script<T = Record<string, unknown>>(sql: string): Promise<T[]>
  /**
   * Runs a COPY … TO STDOUT and hands its bytes to `sink` as they come, never more of them than a few network packets. Throws a
   * DatabaseError, or what `sink` threw.
   */
  copyOut(sql: string, sink: (chunk: Buffer) => void | Promise<void>): Promise<void>
  /** As given, with its password: print it through `redactUrl` only. */
  readonly url: string
  /** How many times `query` and `script` went to the server. */
  readonly roundTrips: number
  /** How many rows the last statement that succeeded returned or changed; null for one that does neither. */
  readonly lastCount: number | null
  /** As `server_version_num`: 150018 for 15.18. */
  readonly versionNum: number
  /** The backend's process id as the other end announced it: behind a pooler it is not the server's. */
  readonly pid: number
  /** Calls `listener` for every notice from now on. Returns what ends it. */
  onNotice(listener: (notice: Notice) => void): () => void
  /** Ends the session; the server rolls an open transaction back. Harmless when called again. */
  close(): Promise<void>
  /** Cuts the connection without waiting for what runs on it; that fails with `08006`. The server notices later. */
  abort(): void
}

/** The implementation of `Connection`; made by `connect` only. */
export class Session implements Connection {
  readonly url: string
  readonly versionNum: number
  readonly pid: number
  readonly #physical: Physical
  #roundTrips = 0
  #last: Promise<unknown> = Promise.resolve()
  #closed: Promise<void> | undefined

  constructor(url: string, physical: Physical, version: string) {
    this.url = url
    this.#physical = physical
    this.versionNum = versionNumber(version)
    this.pid = physical.client.processID ?? 0
  }

  get roundTrips(): number {
    return this.#roundTrips
  }

  get lastCount(): number | null {
    return this.#physical.lastCount()
  }

  query<T = Record<string, unknown>>(sql: string, values: readonly unknown[] = []): Promise<T[]> {
    return this.#send<T>(sql, values)
  }

  script<T = Record<string, unknown>>(sql: string): Promise<T[]> {
    return this.#send<T>(sql, [])
  }

  copyOut(sql: string, sink: (chunk: Buffer) => void | Promise<void>): Promise<void> {
    const copy = new CopyOut(sql, sink)
    const run = async (): Promise<void> => {
      this.#roundTrips += 1
      this.#physical.submit(copy)
      await copy.done.catch((error: unknown) => {
        throw copy.failedThere ? databaseError(error, undefined) : error
      })
    }
    if (this.#closed) return Promise.reject(databaseError(new Error('the connection is closed'), undefined))
    const result = this.#last.then(run)
    this.#last = result.catch(() => undefined)
    return result
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    const { client } = this.#physical
    const handler = (message: unknown) => listener(message as Notice)
    client.on('notice', handler)
    return () => client.removeListener('notice', handler)
  }

  close(): Promise<void> {
    // Not the driver's own dispose: it cuts the socket, and the backend would outlive this call.
    this.#closed ??= this.#last.then(() => this.#physical.client.end())
    return this.#closed
  }

  abort(): void {
    this.#closed ??= Promise.resolve()
    this.#physical.driver.dispose().catch(() => undefined)
  }

  #send<T>(sql: string, values: readonly unknown[]): Promise<T[]> {
    const run = async (): Promise<T[]> => {
      this.#roundTrips += 1
      try {
        // A list of one, because a query outside a list would be split into statements, one round trip each.
        const [rows = []] = await this.#physical.driver.executeAndReturnAll([exactly(sql, values)])
        return rows as T[]
      } catch (error) {
        throw databaseError(error, this.#physical.lastError())
      }
    }
    if (this.#closed) return Promise.reject(databaseError(new Error('the connection is closed'), undefined))
    const result = this.#last.then(run)
    this.#last = result.catch(() => undefined)
    return result
  }
}

function databaseError(error: unknown, plain: unknown): DatabaseError {
  const original = plain instanceof Error && error instanceof Error && error.message.startsWith(plain.message)
  const cause = original ? plain : error
  return new DatabaseError((cause instanceof Error ? cause : new Error(String(cause))) as Error & Record<string, unknown>)
}
