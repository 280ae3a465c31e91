import { load, together } from '../pool.ts'
import { note } from '../report.ts'
import { refusedWith, scenario, stage } from '../stage.ts'
import { fundedAccounts, transfer } from '../transfers.ts'

scenario('C6 a hot account is right with one row and with sixteen', { small: 30, whole: 60 }, async () => {
  const { world } = stage
  const givers = await fundedAccounts(world, load.workers, 1_000_000)
  const fees = await world.admin.query<{ id: string }>(`select id from app.accounts where kind = 'fee_income' and currency = 'UGX' order by shard`)
  const rates: string[] = []
  for (const shards of [1, 16]) {
    const o = await together({ url: world.url, seconds: load.short, job: (c, random, worker) => transfer(c, givers[worker]!, fees[Math.floor(random() * shards)]!.id, 1) })
    refusedWith(o)
    rates.push(`${shards} ${shards === 1 ? 'row' : 'rows'}: ${Math.round(o.done / o.seconds)} a second`)
  }
  note('C6', `${load.workers} workers to one fee account, in one row or in 16`, rates.join(', '))
})
