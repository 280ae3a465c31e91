// What a merchant's wallet must be after each operation, worked out without a database. Fees are none: no schedule is loaded for these.

export type Kind = 'collection' | 'disbursement' | 'refund' | 'payout'
export type Status = 'pending' | 'successful' | 'failed' | 'expired'

export interface Moved {
  readonly kind: Kind
  readonly amount: number
  status: Status
  /** The reference under which it is settled. */
  readonly reference: string
  /** It was given up, and the provider said later that it had succeeded: once, and into suspense. */
  late: boolean
  /** The provider gave up on what goes out: it may have left, so it stays pending. */
  doubted: boolean
  /** Whether its time is over. */
  readonly due: boolean
}

export interface Payout {
  readonly amount: number
  status: 'requested' | 'pending' | 'successful' | 'failed' | 'cancelled'
  /** Its transaction, once it is approved. */
  transaction: string | null
}

/** The model of one merchant. Every function says what the database must answer, and changes what is known. */
export class Model {
  balance = 0
  held = 0
  suspense = 0
  readonly transactions = new Map<string, Moved>()
  readonly payouts = new Map<string, Payout>()
  /** What was given back of a collection, or is being. */
  readonly refunded = new Map<string, { original: string; amount: number }>()

  /** Whether an amount may be held: what is there and not held for others. */
  covers(amount: number): boolean {
    return this.balance - this.held >= amount
  }

  begin(id: string, moved: Omit<Moved, 'status' | 'late' | 'doubted'>): void {
    this.transactions.set(id, { ...moved, status: 'pending', late: false, doubted: false })
    if (moved.kind !== 'collection') this.held += moved.amount
  }

  /** Out: whether settling changes anything. */
  settle(id: string, said: 'successful' | 'failed' | 'expired'): boolean {
    const t = this.transactions.get(id)!
    if (t.status === 'pending' && said === 'expired' && t.kind !== 'collection') {
      const first = !t.doubted
      t.doubted = true
      return first
    }
    if (t.status === 'pending') return this.#end(t, id, said)
    if (said !== 'successful' || t.status === 'successful' || t.late) return false
    t.late = true
    this.suspense += t.kind === 'collection' ? t.amount : -t.amount
    return true
  }

  #end(t: Moved, id: string, said: Exclude<Status, 'pending'>): true {
    t.status = said
    if (t.kind !== 'collection') this.held -= t.amount
    if (said === 'successful') this.balance += t.kind === 'collection' ? t.amount : -t.amount
    for (const p of this.payouts.values()) if (p.transaction === id) p.status = said === 'successful' ? 'successful' : 'failed'
    return true
  }

  /** Out: what a collection has left to be refunded; refunds that failed do not count, unless they succeeded late. */
  refundable(original: string): number {
    const given = [...this.refunded].filter(([id, r]) => r.original === original && this.#counts(this.transactions.get(id)!))
    return this.transactions.get(original)!.amount - given.reduce((sum, [, r]) => sum + r.amount, 0)
  }

  #counts(refund: Moved): boolean {
    return refund.late || !['failed', 'expired'].includes(refund.status)
  }

  /** Those whose time is over and that are open are given up; what goes out too unless it is in doubt, as nothing here is ever sent. Out: how many. */
  expire(): number {
    const due = [...this.transactions].filter(([, t]) => t.due && t.status === 'pending' && !t.doubted)
    for (const [id, t] of due) this.#end(t, id, 'expired')
    return due.length
  }
}
