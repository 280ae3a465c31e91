import { expect } from 'vitest'
import { load, together, told, whole } from '../pool.ts'
import { note } from '../report.ts'
import { any, refusedWith, scenario, stage } from '../stage.ts'
import { balances, fundedAccounts, transfer } from '../transfers.ts'

for (const isolation of ['read committed', 'repeatable read', 'serializable'])
  scenario(`C13 the same holds in ${isolation}`, { small: 30, whole: 40 }, async () => {
    const { world } = stage
    const accounts = await fundedAccounts(world, 20, 1000)
    const o = await together({
      url: world.url, workers: Math.min(load.workers, 16), seconds: whole ? load.short : 0.7, retry: ['40001'],
      job: (c, random) => transfer(c, any(accounts, random), any(accounts, random), 1 + Math.floor(random() * 300), isolation),
    }) // prettier-ignore
    refusedWith(o, 'MM402', '40001')
    expect((await balances(world.admin, accounts)).reduce((sum, a) => sum + a.balance, 0)).toBe(20_000)
    note('C13', `random transfers between 20 accounts in ${isolation}, tried again on 40001`, told(o))
  })
