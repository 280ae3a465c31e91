import { expect } from 'vitest'
import { load, together, told } from '../pool.ts'
import { note } from '../report.ts'
import { any, refusedWith, scenario, stage } from '../stage.ts'
import { balances, fundedAccounts, transfer } from '../transfers.ts'

scenario('C1 random transfers', { small: 30, whole: 120 }, async () => {
  const { world } = stage
  const accounts = await fundedAccounts(world, load.accounts, 1000)
  // From an account to itself is a journal too: two entries, and nothing moved.
  const o = await together({ url: world.url, seconds: load.seconds, job: (c, random) => transfer(c, any(accounts, random), any(accounts, random), 1 + Math.floor(random() * 300)) })
  refusedWith(o, 'MM402')
  expect(o.done).toBeGreaterThan(10)
  const left = await balances(world.admin, accounts)
  expect(left.reduce((sum, a) => sum + a.balance, 0)).toBe(accounts.length * 1000)
  note('C1', `${load.workers} workers, ${load.accounts} accounts, random transfers`, told(o))
})
