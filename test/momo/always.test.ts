import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Connection } from '../../src/db/index.ts'
import { collect, submit } from './support/money.ts'
import { refusal } from './support/refusal.ts'
import { asRole, openWorld, type World } from './support/world.ts'

// A superuser's session may silence triggers. Those that keep the books say no to that.

let world: World
let admin: Connection
beforeAll(async () => {
  world = await openWorld()
  admin = world.admin
})
afterAll(() => world?.close())

/** Within a transaction with session_replication_role = replica, which is undone. */
async function silenced<T>(use: () => Promise<T>): Promise<T> {
  await admin.script('begin; set local session_replication_role = replica')
  try {
    return await use()
  } finally {
    await admin.script('rollback')
  }
}

test('guards are never silenced, on partitions made later neither', async () => {
  await asRole(admin, 'momo_worker', (c) => c.query('select ops.ensure_partitions(5)'))
  const found = await admin.query(
    `select distinct t.tgrelid::regclass::text as table, t.tgname as trigger from pg_trigger t
     where not (t.tgisinternal and t.tgparentid = 0) and t.tgname ~ '^(a[0-9]|y0|z9)' and t.tgenabled <> 'A'`,
  )
  // Documents of people who have left since reach a subscriber, too.
  expect(found).toEqual([{ table: 'app.kyc_documents', trigger: 'a1_subject' }])
})

test('the status of a transaction goes where it may, and leaves its history', async () => {
  const id = await collect(admin, world.kampala, 1000)
  expect(await silenced(() => refusal(admin.query(`update app.transactions set status = 'pending', completed_at = null where id = $1`, [id])))).toMatchObject({
    code: '23514',
    constraint: 'transactions_status_steps',
  })
  const { transaction_id } = await submit(admin, world.kampala.staff.owner, 'UGX')
  const after = await silenced(async () => {
    await admin.query(`update app.transactions set status = 'failed', failure_reason = 'EXPIRED', completed_at = now() where id = $1`, [transaction_id])
    return admin.query('select from_status, to_status from app.transaction_status_history where transaction_id = $1 order by id desc limit 1', [transaction_id])
  })
  expect(after).toEqual([{ from_status: 'pending', to_status: 'failed' }])
})

test('a journal balances', async () => {
  const id = await collect(admin, world.kampala, 1000)
  const leg = `insert into app.ledger_entries (merchant_id, transaction_id, account_id, currency, amount_minor, balance_after_minor, account_version, entry_seq)
               select merchant_id, $1, id, currency, 1, 1, 99, 1 from app.accounts where merchant_id = $2 and kind = 'merchant_wallet'`
  expect(await silenced(() => refusal(admin.query(leg, [id, world.kampala.id])))).toMatchObject({ code: '23514', constraint: 'ledger_entries_balanced' })
})

test('a merchant keeps an owner', async () => {
  const revoke = `update app.merchant_members set status = 'revoked' where user_id = $1`
  expect(await silenced(() => refusal(admin.query(revoke, [world.kampala.staff.owner.user])))).toMatchObject({ code: 'MM403' })
})
