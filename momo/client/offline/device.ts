import { applyPage, dropBefore, dropOutlets, emptyCopy, streams, type Copy, type Cursor, type Page, type Row, type Stream } from './copy.ts'
import type { ChangeableTable, Columns, Operation, Result } from './operation.ts'
import { acknowledge, capture, emptyQueue, formBatch, pending, type Queue, type Refused } from './queue.ts'
import { assertStorable } from './storable.ts'
import type { Store } from './store.ts'
import { view } from './view.ts'

/** The way to api.sync_push() and api.sync_pull(). Throws when there is no answer, whatever the server has done. */
export interface Server {
  push(seq: number, operations: readonly Operation[]): Promise<readonly Result[]>
  pull(stream: Stream, cursor: Cursor | null): Promise<Page>
}

/** Makes version 7 UUIDs by the clock of the phone, put right by the offset. */
export interface Ids {
  clockOffsetMs: number
  next(): string
}

export interface DeviceParts {
  readonly server: Server
  readonly queue: Store<Queue>
  readonly copy: (stream: Stream) => Store<Copy>
  readonly ids: Ids
  /** The clock of the phone, in milliseconds. */
  readonly now?: () => number
  /** Encrypts anew what is encrypted for the id of a transaction, when it gets another. */
  readonly reseal?: (operation: Operation, id: string) => Operation
  /** The most operations in a batch. */
  readonly batchSize?: number
}

const day = 24 * 3600 * 1000
/** Shorter than the 90 days for which the server remembers what it was asked. */
const resendWithinMs = 80 * day
/** See the window of transactions in api.sync_pull(). */
const windowMs = 90 * day

/**
 * A phone that works without a connection: captures operations, sends them in order when it can, and keeps a copy of the streams.
 * One call of push() or pull() at a time.
 */
export class Device {
  readonly #parts: DeviceParts

  constructor(parts: DeviceParts) {
    this.#parts = parts
  }

  #now = (): number => (this.#parts.now ?? Date.now)()

  async #queue(): Promise<Queue> {
    return (await this.#parts.queue.load()) ?? emptyQueue
  }

  async #copy(stream: Stream): Promise<Copy> {
    return (await this.#parts.copy(stream).load()) ?? emptyCopy
  }

  async #capture(operation: Operation): Promise<Operation> {
    assertStorable(operation, operation.kind)
    await this.#parts.queue.save(capture(await this.#queue(), operation))
    return operation
  }

  #captured(id = this.#parts.ids.next()) {
    return { op_id: this.#parts.ids.next(), id, captured_at: new Date(this.#now()).toISOString() }
  }

  /** Throws TypeError for text that PostgreSQL cannot hold, as the others do. In: the arguments of api.submit_transaction(), without id and key. Out: what was captured; its id may change once, see clock_skew. */
  submit(args: Columns): Promise<Operation> {
    return this.#capture({ ...this.#captured(), kind: 'transaction', args })
  }

  create(table: ChangeableTable, patch: Columns): Promise<Operation> {
    return this.#capture({ ...this.#captured(), kind: 'create', table, patch })
  }

  /** Throws when the phone does not know the row. */
  async update(table: ChangeableTable, id: string, patch: Columns): Promise<Operation> {
    const row = await this.#row(table, id)
    const base = Object.fromEntries(Object.keys(patch).flatMap((column) => (column in row ? [[column, row[column]]] : [])))
    return this.#capture({ ...this.#captured(id), kind: 'update', table, patch, base, base_version: row.row_version })
  }

  /** Throws when the phone does not know the row. */
  async delete(table: ChangeableTable, id: string): Promise<Operation> {
    const { row_version } = await this.#row(table, id)
    return this.#capture({ ...this.#captured(id), kind: 'delete', table, base: {}, base_version: row_version })
  }

  async #row(table: ChangeableTable, id: string): Promise<Row> {
    const row = (await this.rows(table))[id]
    if (row === undefined) throw new Error(`${table}: this phone knows no row ${id}; pull first`)
    return row
  }

  /** What the user sees of a stream: the copy, and over it what is not confirmed. */
  async rows(stream: Stream): Promise<{ readonly [id: string]: Row }> {
    return view((await this.#copy(stream)).rows, stream, pending(await this.#queue()))
  }

  async pending(): Promise<readonly Operation[]> {
    return pending(await this.#queue())
  }

  /** What the server did not do, for a person to see. */
  async refused(): Promise<readonly Refused[]> {
    return (await this.#queue()).refused
  }

  /** Sends everything that waits. Throws what the server's end throws; what was not answered is sent again by the next call. */
  async push(): Promise<void> {
    for (;;) {
      const queue = formBatch(await this.#queue(), this.#parts.batchSize)
      if (queue.batch === null) return
      // Saved before it is sent: after a crash the same batch goes out under the same number.
      await this.#parts.queue.save(queue)
      const results = await this.#parts.server.push(queue.batch.seq, queue.batch.operations)
      const time = results.find((r) => r.server_time !== undefined)?.server_time
      if (time !== undefined) this.#setClock(time)
      // Loaded anew: something may have been captured while the server was thinking.
      await this.#parts.queue.save(acknowledge(await this.#queue(), results, { resendWithinMs, now: this.#now(), remake: (o) => this.#remake(o) }))
    }
  }

  #remake(operation: Operation): Operation {
    const id = this.#parts.ids.next()
    return this.#parts.reseal?.(operation, id) ?? { ...operation, id }
  }

  /** Brings the copy of one stream, or of all, up to date. Throws what the server's end throws; the next call goes on where this one ended. */
  async pull(only: readonly Stream[] = streams): Promise<void> {
    for (const stream of only) {
      for (let more = true; more;) {
        const copy = await this.#copy(stream)
        const page = await this.#parts.server.pull(stream, copy.cursor)
        this.#setClock(page.server_time)
        const pulled = applyPage(copy, page)
        await this.#parts.copy(stream).save(stream === 'transactions' ? dropBefore(pulled, leastId(Date.parse(page.server_time) - windowMs)) : pulled)
        if (stream === 'outlets') await this.#forgetOutlets(page)
        more = page.more
      }
    }
  }

  #setClock(serverTime: string): void {
    this.#parts.ids.clockOffsetMs = Date.parse(serverTime) - this.#now()
  }

  /** At once, and not only when the other streams have been pulled. */
  async #forgetOutlets(page: Page): Promise<void> {
    const lost = new Set(page.tombstones.filter((t) => t.reason === 'scope_lost').map((t) => t.id))
    if (lost.size === 0) return
    for (const stream of ['payment_requests', 'transactions'] as const) await this.#parts.copy(stream).save(dropOutlets(await this.#copy(stream), lost))
  }
}

/** The least version 7 UUID of a moment, in milliseconds. */
function leastId(ms: number): string {
  const hex = Math.floor(ms).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
