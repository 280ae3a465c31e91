import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Connection } from '../../../../src/db/index.ts'
import { call, collect, settle, submit, wallet } from '../../support/money.ts'
import { asPerson } from '../../support/world.ts'
import { killed, terminateAt } from '../killing.ts'
import { note } from '../report.ts'
import { settled, submitted } from '../sent.ts'
import { newMerchant, scenario, stage } from '../stage.ts'

/** What a disbursement writes, in order: the money is held when it comes to its reference. */
const submitting = ['app.idempotency_keys', 'app.transactions', 'app.accounts', 'audit.audit_log', 'app.provider_references']
/** What settling writes: balance and hold have changed when it comes to the entries. */
const settling = ['app.accounts', 'app.ledger_entries', 'app.transaction_status_history', 'app.outbox_events']

scenario('C8 a session killed within a function leaves nothing half done', { small: 40, whole: 60 }, async () => {
  const { world } = stage
  const merchant = await newMerchant()
  await collect(world.admin, merchant, 100_000)
  let steps = 0
  for (const table of submitting) {
    await killed(merchant, 'disbursement', (c, key) => submitted(c, key, 'disbursement'), terminateAt(table))
    steps++
  }
  for (const status of ['SUCCESSFUL', 'FAILED'])
    for (const table of settling.filter((t) => status === 'SUCCESSFUL' || t !== 'app.ledger_entries')) {
      const open = await submit(world.admin, merchant.staff.owner, 'UGX', { type: 'disbursement' })
      await killed(merchant, 'collection', (c) => settled(c, open.x_reference_id, status), terminateAt(table))
      expect((await settle(world.admin, open.x_reference_id, status, { reason: 'said so' })).changed).toBe(true)
      steps++
    }
  for (const table of ['app.transactions', 'app.payouts', 'app.provider_references', 'app.accounts']) {
    const payout = await requested(world.admin)
    await killed(merchant, 'collection', (c) => approved(c, payout), terminateAt(table))
    steps++
  }
  // Each kill while submitting left one that was submitted again; of those that were settled none holds anything.
  expect((await wallet(world.admin, merchant)).held).toBe(submitting.length * 1000)
  note('C8', `disbursements and payouts killed within the function, as they come to write each table: ${steps} places`, 'no half journal, no hold left over, keys usable again')

  async function requested(c: Connection): Promise<string> {
    const [account] = await c.query<{ id: string }>(`select id from app.accounts where merchant_id = $1 and kind = 'merchant_wallet'`, [merchant.id])
    const args = { account_id: account!.id, amount_minor: 500, destination_type: 'momo', destination_enc: Buffer.alloc(60, 1), destination_bidx: Buffer.alloc(32, 1) }
    const all = { ...args, destination_last4: '0001', idempotency_key: randomUUID() }
    return (await asPerson(c, merchant.staff.accountant, () => call<{ payout_id: string }>(c, 'api.request_payout', all))).payout_id
  }
  async function approved(c: Connection, payout: string): Promise<unknown> {
    return call(c, 'api.approve_payout', { payout_id: payout })
  }
})
