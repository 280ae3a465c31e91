import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { Connection } from '../../../../src/db/index.ts'
import { call, collect } from '../../support/money.ts'
import { refusal } from '../../support/refusal.ts'
import { asPerson } from '../../support/world.ts'
import { together } from '../pool.ts'
import { note } from '../report.ts'
import { newMerchant, scenario, stage } from '../stage.ts'

scenario('C7 refunds never come to more than there was', { small: 30, whole: 30 }, async () => {
  const { world } = stage
  const merchant = await newMerchant()
  const original = await collect(world.admin, merchant, 1000)
  const refund = (c: Connection): Promise<unknown> =>
    asPerson(c, merchant.staff.owner, () =>
      call(c, 'api.create_refund', { original_transaction_id: original, amount_minor: 300, reason: 'all at once', idempotency_key: randomUUID() }),
    )
  const o = await together({ url: world.url, workers: 20, times: 1, job: refund })
  expect(o.done).toBe(3)
  expect(Object.fromEntries(o.errors)).toEqual({ MM422: 17 })
  const [left] = await world.admin.query<{ left: number }>(
    `select (1000 - sum(amount_minor))::int as left from app.refunds where original_transaction_id = $1 and status not in ('failed', 'rejected')`,
    [original],
  )
  expect(left!.left).toBe(100)
  const no = await refusal(refund(world.admin))
  expect([no.code, no.constraint]).toEqual(['MM422', 'refunds_within_original'])
  note('C7', '20 workers refund 30 % of one transaction', 'exactly 3 of 20; the other 17 MM422, refunds_within_original')
})
