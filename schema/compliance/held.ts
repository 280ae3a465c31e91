import { sql, type SqlText } from 'pgintent'

export interface Subject {
  /** Whether a hold on one merchant, h.merchant_id, is about it. */
  readonly merchant: SqlText
  /** The table, as a hold names it, and the row. */
  readonly table: string
  readonly id: SqlText
  /** The time it tells of. */
  readonly from: SqlText
  readonly until: SqlText
}

/** Whether the legal hold h keeps a row. What holds on a month are, ops.partition_holds() says. */
export const holds = ({ merchant, table, id, from, until }: Subject): SqlText => sql`h.released_at IS NULL AND (h.merchant_id IS NULL OR ${merchant})
    AND (h.subject_id IS NULL OR (h.subject_table = ${table} AND h.subject_id = ${id})) AND h.range && tstzrange(${from}, ${until}, '[]')`
