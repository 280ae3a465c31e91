import { expect } from 'vitest'
import type { Connection } from '../../../../src/db/index.ts'
import { load, together, told } from '../pool.ts'
import { note } from '../report.ts'
import { changed, refusedWith, scenario, stage } from '../stage.ts'
import { fundedAccounts, transfer } from '../transfers.ts'

scenario('C2 opposing pairs do not deadlock, and do when locks are taken as they come', { small: 30, whole: 60 }, async () => {
  const { world } = stage
  const [a, b] = (await fundedAccounts(world, 2, 100_000)) as [string, string]
  const job = (c: Connection, _: unknown, worker: number): Promise<unknown> => (worker % 2 === 0 ? transfer(c, a, b, 1) : transfer(c, b, a, 1))
  const ordered = await together({ url: world.url, seconds: load.short, job })
  refusedWith(ordered)

  const asTheyCome = 'ORDER BY array_position(ARRAY(SELECT l.account_id FROM unnest(post_journal.legs) l), a.id) FOR NO KEY UPDATE'
  const unordered = await changed(world.admin, 'app.post_journal', 'ORDER BY a.id FOR NO KEY UPDATE', asTheyCome, () =>
    // Each circle costs a deadlock_timeout, so it is made short, and a few are enough.
    together({
      url: world.url, seconds: 10, job,
      prepare: (c) => c.script(`set deadlock_timeout = '100ms'`), enough: (o) => (o.errors.get('40P01') ?? 0) >= 3,
    }),
  ) // prettier-ignore
  expect(unordered.errors.get('40P01') ?? 0).toBeGreaterThan(0)
  note('C2', 'A to B against B to A, two accounts', told(ordered))
  note('C2 control', 'the same with accounts locked in the order of the legs, until a third deadlock', told(unordered))
})
