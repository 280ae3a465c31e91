import { expect } from 'vitest'
import { collect, submit, wallet } from '../../support/money.ts'
import { together, whole } from '../pool.ts'
import { note } from '../report.ts'
import { newMerchant, refusedWith, scenario, stage } from '../stage.ts'
import { balances, fundedAccounts, transfer } from '../transfers.ts'

scenario('C3 an overdraft race is lost by all who come too late', { small: 30, whole: 60 }, async () => {
  const { world } = stage
  const [poor, rich] = (await fundedAccounts(world, 2, 1000)) as [string, string]
  const o = await together({ url: world.url, workers: whole ? 50 : 20, times: whole ? 100 : 5, job: (c) => transfer(c, poor, rich, 100) })
  refusedWith(o, 'MM402')
  expect(o.done).toBe(10)
  expect(await balances(world.admin, [poor])).toEqual([{ balance: 0, held: 0 }])
  const merchant = await newMerchant()
  await collect(world.admin, merchant, 1000)
  const held = await together({ url: world.url, workers: 20, times: 2, job: (c) => submit(c, merchant.staff.owner, 'UGX', { type: 'disbursement', amount_minor: 100 }) })
  refusedWith(held, 'MM402')
  expect(held.done).toBe(10)
  expect(await wallet(world.admin, merchant)).toEqual({ balance: 1000, held: 1000 })
  note('C3', '1,000 there, many debits of 100 at once; and the same as disbursements that hold', `exactly 10 of ${o.done + (o.errors.get('MM402') ?? 0)}, exactly 10 of 40 held`)
})
