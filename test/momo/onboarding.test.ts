import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../src/db/index.ts'
import { call, submit } from './support/money.ts'
import { asRole, openWorld, type World } from './support/world.ts'

let world: World
let admin: Connection
beforeAll(async () => {
  world = await openWorld()
  admin = world.admin
})
afterAll(() => world?.close())

const onboard = (code: string, owner: string) =>
  asRole(
    admin,
    'momo_onboarding',
    (c) =>
    call<{ merchant_id: string; user_id: string }>(c, 'ops.onboard_merchant', {
      legal_name: 'Jinja Ltd', trading_name: 'Jinja', country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', merchant_code: code, owner_subject: owner,
    }), // prettier-ignore
  )
const signIn = (subject: string) => asRole(admin, 'momo_api', (c) => call<string>(c, 'api.sign_in', { auth_subject: subject }))
const set = (what: string, id: string, status: string, reason = 'as reviewed') =>
  asRole(admin, 'momo_compliance', (c) => c.query(`select ops.set_${what}_status($1, $2, $3)`, [id, status, reason]))

test('a merchant is taken in, made active, does business, and is suspended, each by who may', async () => {
  const { merchant_id, user_id } = await onboard('200001', 'idp|jinja')
  expect(await signIn('idp|jinja')).toBe(user_id)
  expect(await admin.query('select status from app.merchants where id = $1', [merchant_id])).toEqual([{ status: 'onboarding' }])
  await set('merchant', merchant_id, 'active')
  const owner = { user: user_id, merchant: merchant_id, device: null as unknown as string }
  const fee = await asRole(admin, 'momo_onboarding', (c) =>
    call<string>(c, 'ops.agree_fee', { merchant_id, currency: 'UGX', type: 'collection', from_minor: 0, below_minor: null, flat_minor: 10, bps: 100, starts: new Date(Date.now() + 1500), reason: 'contract 7' }),
  ) // prettier-ignore
  expect((await submit(admin, owner, 'UGX')).fee_minor).toBe(0)
  await new Promise((r) => setTimeout(r, 1700))
  expect((await submit(admin, owner, 'UGX')).fee_minor).toBe(20)
  await asRole(admin, 'momo_onboarding', (c) =>
    call(c, 'ops.agree_fee', { merchant_id, currency: 'UGX', type: 'collection', from_minor: 0, below_minor: null, flat_minor: 0, bps: 0, starts: new Date(Date.now() + 3600_000), reason: 'contract 8' }),
  ) // prettier-ignore
  expect(await admin.query('select upper_inf(valid) as open from app.fee_schedules where merchant_id = $1 order by id', [merchant_id])).toEqual([{ open: false }, { open: true }])
  expect(fee).toBeTypeOf('string')

  await set('user', user_id, 'suspended')
  await expect(signIn('idp|jinja')).rejects.toMatchObject({ code: '42501' })
  await expect(submit(admin, owner, 'UGX')).rejects.toMatchObject({ code: '42501' })
  await set('merchant', merchant_id, 'closed')
  await expect(set('merchant', merchant_id, 'active')).rejects.toMatchObject({ code: 'MM404' })
  const decided = await admin.query(`select table_name, new_data from audit.audit_log where op = 'DECISION' and (merchant_id = $1 or row_id = $2) order by id`, [
    merchant_id,
    user_id,
  ])
  expect(decided).toMatchObject([
    { table_name: 'app.merchants', new_data: { status: 'active', reason: 'as reviewed' } },
    { table_name: 'app.fee_schedules', new_data: { reason: 'contract 7' } },
    { table_name: 'app.fee_schedules', new_data: { reason: 'contract 8' } },
    { table_name: 'app.users', new_data: { status: 'suspended' } },
    { table_name: 'app.merchants', new_data: { status: 'closed' } },
  ])
})

test('nobody else takes in merchants or decides about them, and a decision has a reason', async () => {
  const { id } = world.kampala
  for (const role of ['momo_api', 'momo_worker', 'momo_support', 'momo_onboarding'])
    await expect(
      asRole(admin, role, (c) => c.query(`select ops.set_merchant_status($1, 'active', 'no right')`, [id])),
      role,
    ).rejects.toThrow(/permission denied/)
  for (const role of ['momo_api', 'momo_worker', 'momo_compliance'])
    await expect(
      asRole(admin, role, (c) => c.query(`select ops.onboard_merchant('x', 'x', 'UG', 'UGX', 'UTC', '9', 'x')`)),
      role,
    ).rejects.toMatchObject({ code: '42501' })
  await expect(asRole(admin, 'momo_onboarding', (c) => c.query('select id from app.merchants'))).rejects.toMatchObject({ code: '42501' })
  await expect(set('merchant', id, 'suspended', '')).rejects.toMatchObject({ code: 'MM422' })
  await expect(set('account', randomUUID(), 'frozen')).rejects.toMatchObject({ code: 'MM404' })
  await expect(signIn('erased:x')).rejects.toMatchObject({ code: 'MM422' })
})

test('an account is frozen and opened again; with money it is not closed, and neither is its merchant', async () => {
  const { id } = world.kampala
  await admin.query(`update app.accounts set balance_minor = 5 where merchant_id = $1 and kind = 'merchant_wallet'`, [id])
  const [wallet] = await admin.query<{ id: string }>(`select id from app.accounts where merchant_id = $1 and kind = 'merchant_wallet'`, [id])
  await set('account', wallet!.id, 'frozen')
  await set('account', wallet!.id, 'open')
  await expect(set('account', wallet!.id, 'closed')).rejects.toMatchObject({ code: 'MM404' })
  await expect(set('merchant', id, 'closed')).rejects.toMatchObject({ code: 'MM404' })
})
