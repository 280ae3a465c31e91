import { randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import type { Connection } from '../../../src/db/index.ts'
import { asPerson, asRole, type Merchant, type Person } from './world.ts'

/** Arguments of a function by name; a number may be a bigint. */
export type Args = { readonly [argument: string]: unknown }

/** Calls a function that answers with jsonb. */
export async function call<T>(c: Connection, name: string, args: Args): Promise<T> {
  const given = Object.entries(args)
  const [row] = await c.query<{ answer: T }>(
    `select ${name}(${given.map(([n], i) => `${n} => $${i + 1}`).join(', ')}) as answer`,
    given.map(([, v]) => v),
  )
  return row!.answer
}

export interface Submitted {
  readonly transaction_id: string
  readonly status: string
  readonly x_reference_id: string
  readonly fee_minor: number
  readonly replayed: boolean
}

/** Submits a transaction as a person: a new id and key, 1000 collected, unless `args` says otherwise. */
export function submit(c: Connection, person: Person, currency: string, args: Args = {}): Promise<Submitted> {
  const all = { id: uuidv7(), idempotency_key: randomUUID(), type: 'collection', amount_minor: 1000, currency, ...args }
  return asPerson(c, person, () => call<Submitted>(c, 'api.submit_transaction', all))
}

export interface Settled {
  readonly transaction_id: string
  readonly status: string
  readonly changed: boolean
  readonly suspense_transaction_id?: string
}

/** What the provider says of a reference, as the worker passes it on. */
export function settle(c: Connection, reference: string, status: string, args: Args = {}): Promise<Settled> {
  return asRole(c, 'momo_worker', () => call<Settled>(c, 'api.settle_transaction', { provider: 'mtn_momo', environment: 'sandbox', x_reference_id: reference, status, ...args }))
}

/** Puts money into the wallet of a merchant, the way it gets there: a collection that succeeds. Out: its id. */
export async function collect(c: Connection, merchant: Merchant, amount: number): Promise<string> {
  const sent = await submit(c, merchant.staff.owner, merchant.currency, { amount_minor: amount })
  await settle(c, sent.x_reference_id, 'SUCCESSFUL')
  return sent.transaction_id
}

export interface Standing {
  readonly balance: number
  readonly held: number
}

/** What a merchant's wallet has, by a superuser's session. */
export async function wallet(admin: Connection, merchant: Merchant): Promise<Standing> {
  const [row] = await admin.query<Standing>(
    `select balance_minor::int as balance, held_minor::int as held from app.accounts where merchant_id = $1 and kind = 'merchant_wallet' and currency = $2`,
    [merchant.id, merchant.currency],
  )
  return row!
}

/** What ops.verify_ledger() finds, asked by the worker; nothing when all is well. */
export const findings = (c: Connection): Promise<{ check_name: string; subject: string | null; detail: string }[]> =>
  asRole(c, 'momo_worker', () => c.query('select * from ops.verify_ledger()'))
