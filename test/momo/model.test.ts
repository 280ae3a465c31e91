import { afterAll, beforeAll, expect, test } from 'vitest'
import { randomOf } from './concurrency/pool.ts'
import { findings, wallet } from './support/money.ts'
import { Model } from './support/model.ts'
import { stepsOf } from './support/model-steps.ts'
import { addMerchant, asRole, openWorld, type Merchant, type World } from './support/world.ts'

/** Another seed walks another way: MODEL_SEED=7 MODEL_SECONDS=600 for a long one. */
const seed = Number(process.env['MODEL_SEED'] ?? 2026)
const seconds = Number(process.env['MODEL_SECONDS'] ?? 4)
const most = process.env['MODEL_SECONDS'] === undefined ? 600 : Infinity

let world: World

beforeAll(async () => {
  world = await openWorld()
}, 120_000)
afterAll(async () => world?.close())

test.each([seed, seed + 1])('whatever is done in whatever order, the model knows it (seed %i)', { timeout: (seconds + 60) * 1000 }, async (own) => {
  const merchant = await addMerchant(world.admin, { name: `Model ${own}`, country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: `7${own}` })
  const [account] = await world.admin.query<{ id: string }>(`select id from app.accounts where merchant_id = $1 and kind = 'merchant_wallet'`, [merchant.id])
  const [model, random] = [new Model(), randomOf(own)]
  const steps = stepsOf(world.admin, merchant, account!.id, model, random)
  const often = ['collect', 'collect', 'disburse', 'disburse', 'settle', 'settle', 'settle', 'settle', 'refund', 'refund', 'payout', 'decide', 'decide', 'repeat', 'expire']
  const done: string[] = []
  const step = async (name: string): Promise<void> => {
    const checked = await steps[name]!()
    if (checked === undefined) return
    done.push(checked.step)
    expect(checked.answered, told(done)).toEqual(checked.expected)
  }
  for (let n = 0; n < 5; n++) await step('collect')
  for (let n = 0; n < 10; n++) await step('settle')
  const end = performance.now() + seconds * 1000
  while (done.length < most && performance.now() < end) {
    await step(often[Math.floor(random() * often.length)]!)
    if (done.length % 10 === 0) await same(merchant, model, done)
  }
  // The next walk finds nothing that is due.
  await step('expire')
  await same(merchant, model, done)
  // So that the walk was not an empty one.
  expect(done.length).toBeGreaterThan(30)
  expect(new Set([...model.transactions.values()].map((t) => `${t.kind} ${t.status}`)).size, told(done)).toBeGreaterThan(5)
  expect(model.balance).toBeGreaterThan(0)
})

const told = (done: readonly string[]): string => `after ${done.length} steps: … ${done.slice(-6).join(', ')}`

async function same(merchant: Merchant, model: Model, done: readonly string[]): Promise<void> {
  const statuses = (sql: string): Promise<{ id: string; status: string }[]> => world.admin.query(sql, [merchant.id])
  const [{ suspense }] = (await world.admin.query<{ suspense: number }>(
    `select coalesce(-sum(e.amount_minor), 0)::int as suspense from app.ledger_entries e join app.accounts a on a.id = e.account_id and a.kind = 'suspense'
     join app.transactions t on t.id = e.transaction_id where t.merchant_id = $1`,
    [merchant.id],
  )) as [{ suspense: number }]
  const transactions = await statuses(`select id, status from app.transactions where merchant_id = $1 and type <> 'adjustment'`)
  const payouts = await statuses('select id, status from app.payouts where merchant_id = $1')
  const byId = (list: readonly { id: string; status: string }[]) => Object.fromEntries(list.map((r) => [r.id, r.status]))
  const inModel = (map: ReadonlyMap<string, { status: string }>) => Object.fromEntries([...map].map(([id, { status }]) => [id, status]))
  expect({ ...(await wallet(world.admin, merchant)), suspense, transactions: byId(transactions), payouts: byId(payouts) }, told(done)).toEqual({
    balance: model.balance,
    held: model.held,
    suspense: model.suspense,
    transactions: inModel(model.transactions),
    payouts: inModel(model.payouts),
  })
  expect(await findings(world.admin), told(done)).toEqual([])
  expect(await asRole(world.admin, 'momo_worker', (c) => c.query('select * from ops.verify_holds()')), told(done)).toEqual([])
}
