// The copy of one stream: what the server has said, and nothing else. Pure, as the queue is.

/** The streams of api.sync_pull(), in an order in which nothing comes before what it refers to. */
export const streams = ['outlets', 'customers', 'payment_requests', 'transactions', 'refunds', 'notifications'] as const
export type Stream = (typeof streams)[number]

export interface Row {
  readonly id: string
  readonly row_version: number
  readonly [column: string]: unknown
}

/** Where a pull goes on. Only the server reads it. */
export interface Cursor {
  readonly epoch: string
  readonly xid: string
  readonly id: string
}

export interface Page {
  readonly rows: readonly Row[]
  readonly tombstones: readonly { readonly id: string; readonly reason: string }[]
  readonly next: Cursor
  readonly more: boolean
  readonly reset: boolean
  /** The time by the clock of the server. */
  readonly server_time: string
}

export interface Copy {
  readonly cursor: Cursor | null
  readonly rows: { readonly [id: string]: Row }
  /** During a pull from the beginning: the rows that it has not brought yet. They stay until it has ended, so that the phone is never without. */
  readonly unconfirmed: readonly string[] | null
}

export const emptyCopy: Copy = { cursor: null, rows: {}, unconfirmed: null }

/** Rows that are deleted or erased are of no use to anybody on a phone. */
const isGone = (row: Row): boolean => (row['deleted_at'] ?? row['erased_at'] ?? null) !== null

/** Takes a page of a pull. A page may come twice. */
export function applyPage(copy: Copy, page: Page): Copy {
  const rows = { ...copy.rows }
  const unconfirmed = page.reset ? new Set(Object.keys(rows)) : new Set(copy.unconfirmed ?? [])
  for (const { id } of page.tombstones) delete rows[id]
  for (const row of page.rows) {
    unconfirmed.delete(row.id)
    if (isGone(row)) delete rows[row.id]
    else rows[row.id] = row
  }
  if (!page.more) for (const id of unconfirmed) delete rows[id]
  return { cursor: page.next, rows, unconfirmed: page.more && unconfirmed.size > 0 ? [...unconfirmed] : null }
}

/** Drops rows whose id is less than another: transactions past the window that the server sends. */
export const dropBefore = (copy: Copy, id: string): Copy => keep(copy, (row) => row.id >= id)

/** Drops what was done in outlets that are no longer the user's business. */
export const dropOutlets = (copy: Copy, outlets: ReadonlySet<unknown>): Copy => keep(copy, (row) => !outlets.has(row['outlet_id']))

function keep(copy: Copy, wanted: (row: Row) => boolean): Copy {
  return { ...copy, rows: Object.fromEntries(Object.entries(copy.rows).filter(([, row]) => wanted(row))) }
}
