import type { Operation, Result } from './operation.ts'

// Pure: a queue goes in, another comes out. device.ts saves each before anything is sent or shown.

export interface Batch {
  readonly seq: number
  readonly operations: readonly Operation[]
}

/** An operation that will not be done as it is, for a person to see. */
export interface Refused {
  readonly operation: Operation
  readonly result: Result
}

export interface Queue {
  /** The number of the last batch that was formed. */
  readonly seq: number
  /** In the order in which they were captured. */
  readonly waiting: readonly Operation[]
  /** Sent, or about to be, and not answered yet. It is sent unchanged until it is. */
  readonly batch: Batch | null
  readonly refused: readonly Refused[]
}

export const emptyQueue: Queue = { seq: 0, waiting: [], batch: null, refused: [] }

export const capture = (queue: Queue, operation: Operation): Queue => ({ ...queue, waiting: [...queue.waiting, operation] })

/** What is not known to be done, in order. */
export const pending = (queue: Queue): readonly Operation[] => [...(queue.batch?.operations ?? []), ...queue.waiting]

/** Forms the next batch, unless one is still without an answer. In: how many operations it may have. */
export function formBatch(queue: Queue, most = 100): Queue {
  if (queue.batch !== null || queue.waiting.length === 0) return queue
  const made = new Set<string>()
  let count = 0
  for (const operation of queue.waiting) {
    // The server may know a new customer already, under another id. What speaks of the customer waits until that is settled.
    if (count === most || refersTo(operation, made)) break
    if (operation.kind === 'create' && operation.table === 'customers') made.add(operation.id)
    count++
  }
  return { ...queue, seq: queue.seq + 1, batch: { seq: queue.seq + 1, operations: queue.waiting.slice(0, count) }, waiting: queue.waiting.slice(count) }
}

export interface Remaking {
  /** How old, in milliseconds by the clock of the phone, an operation may be that the server has forgotten. Older ones may have been done. */
  readonly resendWithinMs: number
  readonly now: number
  /** The same operation with another id and what is encrypted for that id, because the server refused the time in its id. */
  remake(operation: Operation): Operation
}

/** Takes the answer to the batch. What must be sent again waits, in its place, ahead of what was captured since. */
export function acknowledge(queue: Queue, results: readonly Result[], remaking: Remaking): Queue {
  if (queue.batch === null) return queue
  const answers = new Map(results.map((r) => [r.op_id, r]))
  const again: Operation[] = []
  const refused: Refused[] = []
  const known = new Map<string, string>()
  let seq = queue.seq
  for (const operation of queue.batch.operations) {
    const result = answers.get(operation.op_id)
    if (result === undefined) again.push(operation)
    else if (result.result === 'clock_skew') again.push(remaking.remake(operation))
    else if (result.code === 'stale_batch' && remaking.now - Date.parse(operation.captured_at) <= remaking.resendWithinMs) {
      seq = Math.max(seq, result.last_push_seq ?? 0)
      again.push(operation)
    } else if (result.result === 'rejected' || result.result === 'conflict') {
      refused.push({ operation, result })
      if (typeof result.existing_id === 'string') known.set(operation.id, result.existing_id)
    }
  }
  return { seq, batch: null, waiting: [...again, ...queue.waiting].map((o) => renamed(o, known)), refused: [...queue.refused, ...refused] }
}

function refersTo(operation: Operation, ids: ReadonlySet<string>): boolean {
  return ids.has(operation.id) || ids.has(String(references(operation)['customer_id']))
}

const references = (operation: Operation) => (operation.kind === 'transaction' ? operation.args : operation.kind === 'delete' ? {} : operation.patch)

/** An operation on a customer who turned out to be another one. */
function renamed(operation: Operation, known: ReadonlyMap<string, string>): Operation {
  if (operation.kind === 'transaction') {
    const other = known.get(String(operation.args['customer_id']))
    return other === undefined ? operation : { ...operation, args: { ...operation.args, customer_id: other } }
  }
  const row = operation.table === 'customers' ? (known.get(operation.id) ?? operation.id) : operation.id
  const other = operation.kind === 'delete' ? undefined : known.get(String(operation.patch['customer_id']))
  if (operation.kind === 'delete' || other === undefined) return row === operation.id ? operation : { ...operation, id: row }
  return { ...operation, id: row, patch: { ...operation.patch, customer_id: other } }
}
