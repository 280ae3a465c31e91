/** Tables whose rows a phone changes itself. */
export type ChangeableTable = 'outlets' | 'customers' | 'payment_requests'

/** Columns by name. Encrypted ones and blind indexes in base64, times in ISO 8601, everything else as JSON has it. */
export interface Columns {
  readonly [column: string]: unknown
}

interface Captured {
  /** What it is known by, over all retries: 16 to 128 characters. It is the idempotency key of a transaction. */
  readonly op_id: string
  /** The row it is about. */
  readonly id: string
  /** When it was made, by the clock of the phone. */
  readonly captured_at: string
}

/** A command: the server decides what becomes of it. */
export interface TransactionOperation extends Captured {
  readonly kind: 'transaction'
  /** The arguments of api.submit_transaction(), amounts in minor units. */
  readonly args: Columns
}

export interface CreateOperation extends Captured {
  readonly kind: 'create'
  readonly table: ChangeableTable
  readonly patch: Columns
}

export interface UpdateOperation extends Captured {
  readonly kind: 'update'
  readonly table: ChangeableTable
  readonly patch: Columns
  /** What those columns held when the change was made: only who changed the same ones since is in conflict with it. */
  readonly base: Columns
  readonly base_version: number
}

export interface DeleteOperation extends Captured {
  readonly kind: 'delete'
  readonly table: ChangeableTable
  /** Columns that must still be so for the row to go, if others have changed it since. Without any, any change keeps it. */
  readonly base: Columns
  readonly base_version: number
}

export type Operation = TransactionOperation | CreateOperation | UpdateOperation | DeleteOperation

/** What the server says of one operation. */
export interface Result {
  readonly op_id: string
  readonly result: 'applied' | 'merged' | 'replayed' | 'conflict' | 'rejected' | 'clock_skew'
  /** Why it was rejected: an SQLSTATE, or `stale_batch`. */
  readonly code?: string
  readonly message?: string
  /** The row that a created one doubles. */
  readonly existing_id?: string | null
  /** With `stale_batch`: the number of the last batch that the server has. */
  readonly last_push_seq?: number
  /** With `clock_skew`: the time by the clock of the server. */
  readonly server_time?: string
  readonly transaction_id?: string
  readonly [more: string]: unknown
}
