import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { submit } from '../../support/money.ts'
import { refusal } from '../../support/refusal.ts'
import { together, told, whole } from '../pool.ts'
import { note } from '../report.ts'
import { any, newMerchant, refusedWith, scenario, stage } from '../stage.ts'

scenario('C4 a storm of the same keys is one transaction for each', { small: 30, whole: 40 }, async () => {
  const { world } = stage
  const merchant = await newMerchant()
  const keys = Array.from({ length: whole ? 100 : 20 }, () => randomUUID())
  const job = (c: Parameters<typeof submit>[0], random: () => number): Promise<unknown> => submit(c, merchant.staff.owner, 'UGX', { idempotency_key: any(keys, random) })
  const o = await together({ url: world.url, workers: 16, seconds: whole ? 4 : 1, job })
  refusedWith(o)
  const [row] = await world.admin.query<{ n: number }>('select count(*)::int as n from app.transactions where merchant_id = $1', [merchant.id])
  expect(row!.n).toBe(keys.length)
  const other = await refusal(submit(world.admin, merchant.staff.owner, 'UGX', { idempotency_key: keys[0], amount_minor: 999 }))
  expect(other.code).toBe('MM409')
  note('C4', `${keys.length} keys, 16 workers`, `${told(o)}: ${row!.n} transactions; another body MM409`)
})
