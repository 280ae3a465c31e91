import { randomUUID } from 'node:crypto'
import type { Connection } from '../../../src/db/index.ts'
import { DatabaseError } from '../../../src/db/index.ts'
import { call, settle, submit, type Args, type Submitted } from './money.ts'
import type { Model } from './model.ts'
import { asPerson, asRole, type Merchant } from './world.ts'

/** What the database answered and what the model says that it must: equal, or the step fails. */
export interface Checked {
  readonly step: string
  readonly answered: unknown
  readonly expected: unknown
}

type Step = () => Promise<Checked | undefined>

/** Things that can be done to a merchant. Each does one of them in the database and in the model. In: numbers from 0 to 1. */
export function stepsOf(c: Connection, merchant: Merchant, account: string, model: Model, random: () => number): { readonly [name: string]: Step } {
  const { owner, accountant } = merchant.staff
  const any = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
  const upTo = (n: number): number => 1 + Math.floor(random() * n)
  const submitted: { args: Args; answer: Submitted }[] = []

  async function send(type: 'collection' | 'disbursement'): Promise<Checked> {
    const args = { type, amount_minor: upTo(type === 'collection' ? 2_000 : 700), idempotency_key: randomUUID() }
    const expected = type === 'collection' || model.covers(args.amount_minor) ? 'pending' : 'MM402'
    const answer = await said(submit(c, owner, 'UGX', args))
    if (typeof answer === 'string') return { step: `${type} ${args.amount_minor}`, answered: answer, expected }
    const due = random() < 0.3
    if (due) await c.query(`update app.transactions set expires_at = now() - interval '1 second' where id = $1`, [answer.transaction_id])
    model.begin(answer.transaction_id, { kind: type, amount: args.amount_minor, reference: answer.x_reference_id, due })
    submitted.push({ args, answer })
    return { step: `${type} ${args.amount_minor}`, answered: answer.status, expected }
  }

  return {
    collect: () => send('collection'),
    disburse: () => send('disbursement'),
    async repeat() {
      const old = any(submitted)
      if (old === undefined) return undefined
      const answer = await submit(c, owner, 'UGX', old.args)
      return { step: 'the same key again', answered: answer, expected: { ...old.answer, replayed: true } }
    },
    async settle() {
      const [id, t] = any([...model.transactions]) ?? []
      if (id === undefined) return undefined
      const outcome = any(['successful', 'successful', 'failed', 'expired'] as const)!
      const answer = await settle(c, t!.reference, outcome.toUpperCase(), { reason: 'said so' })
      const expected = { changed: model.settle(id, outcome), status: t!.status }
      return { step: `${t!.kind} is ${outcome}`, answered: { changed: answer.changed, status: answer.status }, expected }
    },
    async refund() {
      const [original, t] = any([...model.transactions].filter(([, x]) => x.kind === 'collection')) ?? []
      if (original === undefined) return undefined
      const amount = upTo(t!.amount)
      const expected = t!.status !== 'successful' || amount > model.refundable(original) ? 'MM422' : model.covers(amount) ? 'pending' : 'MM402'
      const args = { original_transaction_id: original, amount_minor: amount, reason: 'random', idempotency_key: randomUUID() }
      type Answer = { status: string; refund_transaction_id: string; x_reference_id: string }
      const answer = await said(asPerson(c, owner, () => call<Answer>(c, 'api.create_refund', args)))
      if (typeof answer !== 'string') {
        model.begin(answer.refund_transaction_id, { kind: 'refund', amount, reference: answer.x_reference_id, due: false })
        model.refunded.set(answer.refund_transaction_id, { original, amount })
      }
      return { step: `refund ${amount} of ${t!.amount}`, answered: typeof answer === 'string' ? answer : answer.status, expected }
    },
    async payout() {
      const amount = upTo(1_500)
      const args = { account_id: account, amount_minor: amount, destination_type: 'momo', destination_enc: Buffer.alloc(60, 1), destination_bidx: Buffer.alloc(32, 1) }
      const all = { ...args, destination_last4: '0001', idempotency_key: randomUUID() }
      const answer = await asPerson(c, accountant, () => call<{ payout_id: string; status: string }>(c, 'api.request_payout', all))
      model.payouts.set(answer.payout_id, { amount, status: 'requested', transaction: null })
      return { step: `payout ${amount}`, answered: answer.status, expected: 'requested' }
    },
    async decide() {
      const [id, p] = any([...model.payouts]) ?? []
      if (id === undefined) return undefined
      const approve = random() < 0.7
      const fresh = p!.status === 'requested'
      const decided = fresh ? (approve ? 'pending' : 'cancelled') : p!.status
      const refused = fresh ? (approve && !model.covers(p!.amount) ? 'MM402' : null) : approve === (p!.status === 'cancelled') ? 'MM422' : null
      type Answer = { status: string; changed: boolean; transaction_id: string; x_reference_id: string }
      const answer = await said(asPerson(c, owner, () => call<Answer>(c, 'api.approve_payout', { payout_id: id, approve })))
      if (typeof answer !== 'string' && fresh) {
        p!.status = decided
        if (approve) {
          p!.transaction = answer.transaction_id
          model.begin(answer.transaction_id, { kind: 'payout', amount: p!.amount, reference: answer.x_reference_id, due: false })
        }
      }
      const answered = typeof answer === 'string' ? answer : { status: answer.status, changed: answer.changed }
      return { step: `${approve ? 'approve' : 'reject'} a payout of ${p!.amount}`, answered, expected: refused ?? { status: decided, changed: fresh } }
    },
    async expire() {
      const expected = model.expire()
      const [row] = await asRole(c, 'momo_worker', () => c.query<{ n: number }>('select ops.expire_transactions(1000) as n'))
      return { step: 'expire', answered: row!.n, expected }
    },
  }
}

/** The answer, or the SQLSTATE of the refusal. */
const said = <T>(asked: Promise<T>): Promise<T | string> => asked.catch((error: unknown) => (error instanceof DatabaseError ? (error.code ?? 'connection') : Promise.reject(error)))
