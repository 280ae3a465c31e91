import { randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect, type Connection } from '../../src/db/index.ts'
import { call, settle, submit, wallet } from './support/money.ts'
import { push } from './support/phone.ts'
import { refusal } from './support/refusal.ts'
import { momoDatabase } from './support/template.ts'
import { addMerchant, asPerson, asRole, openWorld, type World } from './support/world.ts'

let world: World
let c: Connection
beforeAll(async () => {
  world = await openWorld()
  c = world.admin
})
afterAll(() => world?.close())

const environmentOf = async (on: Connection, reference: string) =>
  (await on.query<{ environment: string }>('select environment from app.provider_references where x_reference_id = $1', [reference]))[0]!.environment

test('a merchant does not choose the environment, and neither do its services and phones', async () => {
  const { owner } = world.kampala.staff
  expect(await refusal(submit(c, owner, 'UGX', { environment: 'mtnuganda' }))).toMatchObject({ code: '42883' })
  expect(await refusal(asPerson(c, owner, () => call(c, 'api.approve_payout', { payout_id: uuidv7(), environment: 'mtnuganda' })))).toMatchObject({ code: '42883' })
  expect(
    await push(c, owner, 1, [
      {
        op_id: randomUUID(),
        kind: 'transaction',
        id: uuidv7(),
        captured_at: new Date().toISOString(),
        args: { type: 'collection', amount_minor: 1, currency: 'UGX', environment: 'mtnuganda' },
      },
    ]),
  ).toMatchObject([{ result: 'rejected', message: 'a transaction has no environment' }])
  for (const role of ['momo_api', 'momo_sync', 'momo_worker'])
    expect(await refusal(asRole(c, role, () => c.query('select ops.set_deployment(true)')))).toMatchObject({ code: '42501' })
})

test('a sandbox names everything for the sandbox, and nothing makes it live', async () => {
  const sent = await submit(c, world.kampala.staff.owner, 'UGX')
  expect(await environmentOf(c, sent.x_reference_id)).toBe('sandbox')
  const migrator = (statement: string) => asRole(c, 'momo_migrator', () => c.query(statement))
  await migrator('select ops.set_deployment(false)')
  expect(await refusal(migrator('select ops.set_deployment(true)'))).toMatchObject({ code: 'MM422' })
  expect(await refusal(migrator('select ops.set_deployment(null)'))).toMatchObject({ code: 'MM422' })
  expect(await refusal(migrator('update ops.deployment set is_live = true'))).toMatchObject({ code: '55000' })
  expect(await refusal(migrator('delete from ops.deployment'))).toMatchObject({ code: '55000' })
  expect(await refusal(migrator('insert into ops.deployment (is_live) values (true)'))).toMatchObject({ code: '23505' })
})

test('a live database calls each merchant its country, settles nothing of a sandbox, and begins only when it was said', async () => {
  const url = await momoDatabase()
  const live = await connect(url)
  try {
    await asRole(live, 'momo_migrator', () => live.query(`select ops.load_reference_data(), ops.open_system_accounts('UGX'), ops.open_system_accounts('KES')`))
    const uganda = await addMerchant(live, { name: 'Live', country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: '200001' })
    const kenya = await addMerchant(live, { name: 'Nairobi', country: 'KE', currency: 'KES', timezone: 'Africa/Nairobi', code: '200002' })
    expect(await refusal(submit(live, uganda.staff.owner, 'UGX'))).toMatchObject({ code: '55000' })
    await asRole(live, 'momo_migrator', () => live.query('select ops.set_deployment(true)'))
    const sent = await submit(live, uganda.staff.owner, 'UGX')
    expect(await environmentOf(live, sent.x_reference_id)).toBe('mtnuganda')
    expect(await refusal(settle(live, sent.x_reference_id, 'SUCCESSFUL', { environment: 'sandbox' }))).toMatchObject({ code: 'MM404' })
    expect((await wallet(live, uganda)).balance).toBe(0)
    await settle(live, sent.x_reference_id, 'SUCCESSFUL', { environment: 'mtnuganda' })
    expect((await wallet(live, uganda)).balance).toBe(1000)
    expect(await refusal(submit(live, kenya.staff.owner, 'KES')), 'MTN is not there').toMatchObject({ code: 'MM422' })
  } finally {
    await live.close()
  }
})
