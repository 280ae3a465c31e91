/** What the client below calls when an answer comes in; of COPY … TO STDOUT there is data, then the end. */
interface Message {
  readonly chunk: Buffer
}

interface Wire {
  query(text: string): void
  readonly stream: { pause(): unknown; resume(): unknown }
}

/**
 * A COPY … TO STDOUT for the driver's queue of queries. `sink` gets the bytes as they come and may be slow: the server waits for
 * it. When it fails the rest is read and thrown away, and the copy fails with its error.
 */
export class CopyOut {
  readonly done: Promise<void>
  /** Whether it was the server, or the connection, that failed, and not `sink`. */
  failedThere = false
  readonly #text: string
  readonly #sink: (chunk: Buffer) => void | Promise<void>
  #pending: Promise<void> = Promise.resolve()
  #error: unknown
  #settle: { resolve: () => void; reject: (error: unknown) => void }

  constructor(text: string, sink: (chunk: Buffer) => void | Promise<void>) {
    this.#text = text
    this.#sink = sink
    let settle!: { resolve: () => void; reject: (error: unknown) => void }
    this.done = new Promise((resolve, reject) => (settle = { resolve, reject }))
    this.#settle = settle
  }

  submit(wire: Wire): void {
    wire.query(this.#text)
  }

  handleCopyData({ chunk }: Message, wire: Wire): void {
    if (this.#error !== undefined) return
    // The parser uses its buffer again for what comes next.
    const bytes = Buffer.from(chunk)
    wire.stream.pause()
    this.#pending = this.#pending
      .then(() => (this.#error === undefined ? this.#sink(bytes) : undefined))
      .catch((error: unknown) => {
        this.#error ??= error
      })
    const last = this.#pending
    void last.then(() => (last === this.#pending ? wire.stream.resume() : undefined))
  }

  handleError(error: unknown): void {
    this.failedThere = this.#error === undefined
    this.#error ??= error
    this.#settle.reject(this.#error)
  }

  handleReadyForQuery(): void {
    void this.#pending.then(() => (this.#error === undefined ? this.#settle.resolve() : this.#settle.reject(this.#error)))
  }

  handleRowDescription(): void {}
  handleDataRow(): void {}
  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
  handleCopyInResponse(): void {}
}
