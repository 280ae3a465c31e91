import { expect } from 'vitest'
import { settle, submit } from '../../support/money.ts'
import { together, whole } from '../pool.ts'
import { note } from '../report.ts'
import { newMerchant, refusedWith, scenario, stage } from '../stage.ts'

scenario('C5 of callbacks and polls that disagree the first is right', { small: 30, whole: 60 }, async () => {
  const { world } = stage
  const merchant = await newMerchant()
  const words = ['SUCCESSFUL', 'FAILED'] as const
  let changes = 0
  for (let round = 0; round < (whole ? 30 : 5); round++) {
    const sent = await submit(world.admin, merchant.staff.owner, 'UGX')
    const o = await together({
      url: world.url, workers: 8, times: 1,
      job: async (c, _, worker) => {
        const source = worker % 4 < 2 ? 'callback' : 'poll'
        if ((await settle(c, sent.x_reference_id, words[(worker + round) % 2]!, { reason: 'said so', source })).changed) changes++
      },
    }) // prettier-ignore
    refusedWith(o)
    const [row] = await world.admin.query<{ history: number; journals: number; status: string }>(
      `select (select count(*) from app.transaction_status_history h where h.transaction_id = t.id and h.from_status = 'pending')::int as history,
              (select count(distinct e.entry_seq) from app.ledger_entries e where e.transaction_id = t.id)::int as journals, t.status
       from app.transactions t where t.id = $1`,
      [sent.transaction_id],
    )
    expect(row).toMatchObject(row!.status === 'successful' ? { history: 1, journals: 2 } : { history: 1, journals: 0, status: 'failed' })
  }
  note(
    'C5',
    'the same reference settled by 8 workers, SUCCESSFUL and FAILED mixed, by callback and by poll',
    `one history row and at most one journal each; ${changes} answers said that they changed something, late successes among them`,
  )
})
