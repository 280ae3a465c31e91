import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settle, submit, wallet } from './support/money.ts'
import { openWorld, type World } from './support/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world?.close())

describe('submit and settle', () => {
  test('a collection that succeeds is in the wallet', async () => {
    const sent = await submit(world.admin, world.kampala.staff.cashier, 'UGX', { amount_minor: 5000 })
    expect(sent).toMatchObject({ status: 'pending', fee_minor: 0, replayed: false })
    expect(await settle(world.admin, sent.x_reference_id, 'SUCCESSFUL', { financial_transaction_id: '1' })).toEqual({
      transaction_id: sent.transaction_id,
      status: 'successful',
      changed: true,
    })
    expect(await wallet(world.admin, world.kampala)).toEqual({ balance: 5000, held: 0 })
  })
})
