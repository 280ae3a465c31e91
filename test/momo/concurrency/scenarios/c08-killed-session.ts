import { expect } from 'vitest'
import { collect, settle, submit, wallet } from '../../support/money.ts'
import { killed } from '../killing.ts'
import { note } from '../report.ts'
import { settled, submitted } from '../sent.ts'
import { newMerchant, scenario, stage } from '../stage.ts'

scenario('C8 a killed session leaves nothing half done', { small: 30, whole: 30 }, async () => {
  const { world } = stage
  const merchant = await newMerchant()
  await collect(world.admin, merchant, 10_000)
  await killed(merchant, 'collection', async () => undefined)
  for (const type of ['collection', 'disbursement']) {
    await killed(merchant, type, (c, key) => submitted(c, key, type))
    for (const status of ['SUCCESSFUL', 'FAILED']) {
      const open = await submit(world.admin, merchant.staff.owner, 'UGX', { type })
      await killed(merchant, 'collection', (c) => settled(c, open.x_reference_id, status))
      expect((await settle(world.admin, open.x_reference_id, status, { reason: 'said so' })).changed).toBe(true)
    }
  }
  // One disbursement of 1000 was paid, one was given up, and one is open: it was submitted again after the session was killed.
  expect(await wallet(world.admin, merchant)).toEqual({ balance: 10_000, held: 1000 })
  note(
    'C8',
    'the session killed after begin_request, after submitting, after settling, before each commit, with money that comes and money that is held',
    'no half journal, no hold left over, keys usable again',
  )
})
