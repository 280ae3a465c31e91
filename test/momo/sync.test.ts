import { randomUUID } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from '../../momo/client/offline/copy.ts'
import { connect, type Connection } from '../../src/db/index.ts'
import { collect } from './support/money.ts'
import { pullAll, pullPage } from './support/phone.ts'
import { addMerchant, asPerson, asRole, openWorld, type Merchant, type World } from './support/world.ts'

let world: World
let c: Connection
beforeAll(async () => {
  world = await openWorld()
  c = world.admin
})
afterAll(() => world?.close())

let codes = 200_000
const newMerchant = (): Promise<Merchant> => addMerchant(c, { name: `M${++codes}`, country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: String(codes) })
const idsOf = (pages: readonly Page[]): string[] => pages.flatMap((p) => p.rows.map((r) => r.id))
const goneOf = (pages: readonly Page[]) => pages.flatMap((p) => p.tombstones)
const last = (pages: readonly Page[]) => pages.at(-1)!.next

/** Inserts customers within a transaction that is open. */
async function addCustomers(on: Connection, merchant: Merchant, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => uuidv7())
  await on.query('insert into app.customers (id, merchant_id) select unnest($1::uuid[]), $2', [ids, merchant.id])
  return ids
}

describe('what travels', () => {
  test('a phone gets the rows of its merchant, without ciphertext, blind indexes and the tenant, and amounts as text', async () => {
    const merchant = await newMerchant()
    const id = await collect(c, merchant, 5000)
    const [transaction] = (await pullPage(c, merchant.staff.owner, 'transactions')).rows
    expect(transaction).toMatchObject({ id, status: 'successful', amount_minor: '5000', fee_minor: '0', row_version: 2 })
    const [customer] = (await pullPage(c, merchant.staff.owner, 'customers')).rows
    expect(Object.keys(customer!).sort()).toEqual([
      'client_updated_at', 'created_at', 'dek_id', 'deleted_at', 'erased_at', 'id', 'marketing_consent_at', 'msisdn_last4', 'origin_device_id', 'row_version', 'updated_at',
    ]) // prettier-ignore
    expect(Object.keys(transaction!).filter((k) => /_enc$|_bidx$|merchant_id|sync_xid/.test(k))).toEqual([])
    for (const stream of ['outlets', 'payment_requests', 'refunds', 'notifications'])
      expect(await pullPage(c, merchant.staff.owner, stream)).toMatchObject({ reset: false, more: false })
  })

  test('one merchant gets nothing of another, neither rows nor tombstones', async () => {
    const [ours, theirs] = [await newMerchant(), await newMerchant()]
    await collect(c, theirs, 5000)
    await asRole(c, 'momo_owner', () => c.query('delete from app.customers where merchant_id = $1', [theirs.id]))
    for (const stream of ['outlets', 'customers', 'payment_requests', 'transactions', 'refunds', 'notifications']) {
      const mine = await c.query<{ id: string }>(`select id from app.${stream} where merchant_id = $1 order by id`, [ours.id])
      const pages = await pullAll(c, ours.staff.owner, stream)
      expect(idsOf(pages).sort(), stream).toEqual(mine.map((r) => r.id))
      expect(goneOf(pages), stream).toEqual([])
    }
    expect(goneOf(await pullAll(c, theirs.staff.owner, 'customers'))).toEqual([{ id: theirs.customer, reason: 'deleted' }])
  })

  test('a cashier gets what was done in their outlet', async () => {
    const merchant = await newMerchant()
    const [market, station] = merchant.outlets
    const done = uuidv7()
    await asPerson(c, merchant.staff.owner, async () => {
      for (const [id, outlet] of [
        [done, market],
        [uuidv7(), station],
        [uuidv7(), null],
      ])
        // prettier-ignore
        await c.query(`insert into app.payment_requests (id, merchant_id, outlet_id, kind, public_token, currency) values ($1, $2, $3, 'qr', $4, 'UGX')`, [
          id,
          merchant.id,
          outlet,
          randomUUID(),
        ])
    })
    expect(idsOf(await pullAll(c, merchant.staff.cashier, 'payment_requests'))).toEqual([done])
    expect(idsOf(await pullAll(c, merchant.staff.cashier, 'outlets'))).toEqual([market])
    expect(idsOf(await pullAll(c, merchant.staff.owner, 'payment_requests'))).toHaveLength(3)
  })

  test('transactions of more than 90 days ago stay where they are', async () => {
    const merchant = await newMerchant()
    const old = await collect(c, merchant, 100)
    const recent = await collect(c, merchant, 100)
    const [{ id }] = (await c.query<{ id: string }>(`select app.uuidv7_at(now() - interval '91 days') as id`)) as [{ id: string }]
    // No function makes such a row any more, so a copy of one is given an old id.
    await c.script(`
      set session_replication_role = replica;
      insert into app.transactions select (jsonb_populate_record(t, jsonb_build_object('id', '${id}'))).* from app.transactions t where t.id = '${old}';
      reset session_replication_role`)
    expect(await c.query('select from app.transactions where merchant_id = $1', [merchant.id])).toHaveLength(3)
    expect(idsOf(await pullAll(c, merchant.staff.owner, 'transactions')).sort()).toEqual([old, recent].sort())
  })

  test('who is not a device, an unknown stream and an impossible page are refused', async () => {
    const { owner } = world.kampala.staff
    await expect(asPerson(c, { ...owner, device: null as never }, () => c.query(`select api.sync_pull('outlets')`), 'momo_sync')).rejects.toMatchObject({ code: '42501' })
    await expect(asRole(c, 'momo_sync', () => c.query(`select api.sync_pull('outlets')`))).rejects.toMatchObject({ code: '42501' })
    await expect(asPerson(c, owner, () => c.query(`select api.sync_pull('outlets')`), 'momo_api')).rejects.toMatchObject({ code: '42501' })
    await expect(pullPage(c, owner, 'accounts')).rejects.toMatchObject({ code: '22023' })
    await expect(pullPage(c, owner, `outlets" r; drop table app.outlets; --`)).rejects.toMatchObject({ code: '22023' })
    await expect(pullPage(c, owner, 'outlets', { page: 0 })).rejects.toMatchObject({ code: '22023' })
  })
})

describe('nothing is lost', () => {
  test('what commits late is pulled late, not never; a cursor over updated_at loses it', async () => {
    const merchant = await newMerchant()
    const { owner } = merchant.staff
    const slow = await connect(world.url)
    try {
      const start = last(await pullAll(c, owner, 'customers'))
      const naive = async (since: string) =>
        asPerson(
          c,
          owner,
          () => c.query<{ id: string; updated_at: string }>('select id, updated_at from app.customers where updated_at > $1 order by updated_at', [since]),
          'momo_sync',
        )
      const [{ now }] = (await c.query<{ now: string }>('select clock_timestamp() as now')) as [{ now: string }]

      await slow.script('begin; set local role momo_owner')
      const [late] = await addCustomers(slow, merchant, 1)
      const [early] = await asRole(c, 'momo_owner', () => addCustomers(c, merchant, 1))

      const first = await pullAll(c, owner, 'customers', { cursor: start })
      const naiveFirst = await naive(now)
      await slow.query('commit')
      const second = await pullAll(c, owner, 'customers', { cursor: last(first) })
      const naiveSecond = await naive(naiveFirst.at(-1)!.updated_at)

      expect([...idsOf(first), ...idsOf(second)].sort()).toEqual([late, early].sort())
      expect([...naiveFirst, ...naiveSecond].map((r) => r.id)).toEqual([early])
    } finally {
      await slow.close()
    }
  })

  test('pages may split what one transaction did, rows and tombstones alike', async () => {
    const merchant = await newMerchant()
    const { owner } = merchant.staff
    const before = await asRole(c, 'momo_owner', () => addCustomers(c, merchant, 5))
    const start = last(await pullAll(c, owner, 'customers'))
    const made = await asRole(c, 'momo_owner', async () => {
      const some = await addCustomers(c, merchant, 4)
      await c.query('delete from app.customers where id = any($1)', [before])
      await c.query('update app.customers set marketing_consent_at = now() where id = $1', [merchant.customer])
      return [...some, ...(await addCustomers(c, merchant, 3)), merchant.customer]
    })
    for (const page of [1, 2, 3, 5, 13]) {
      const pages = await pullAll(c, owner, 'customers', { cursor: start, page })
      expect(pages.length, `pages of ${page}`).toBe(Math.ceil(13 / page))
      expect(idsOf(pages).sort(), `pages of ${page}`).toEqual(made.toSorted())
      expect(goneOf(pages).map((t) => t.id).sort(), `pages of ${page}`).toEqual(before.toSorted()) // prettier-ignore
    }
  })

  test('writers and pullers at once: the union of the pulls is what was written', async () => {
    const merchant = await newMerchant()
    const writers = await Promise.all(Array.from({ length: 6 }, () => connect(world.url)))
    const puller = await connect(world.url)
    try {
      let writing = true
      const written: string[] = []
      const seen = new Set<string>()
      const pull = async () => {
        let cursor = null
        for (let rest = 1; rest >= 0; writing || rest--) {
          const page: Page = await pullPage(puller, merchant.staff.owner, 'customers', { cursor, page: 7 })
          for (const row of page.rows) seen.add(row.id)
          cursor = page.next
          if (page.more) rest = 1
        }
      }
      const write = async (w: Connection, n: number) => {
        for (let i = 0; i < 12; i++)
          await asRole(w, 'momo_owner', async () => {
            const ids = await addCustomers(w, merchant, 1 + ((i + n) % 3))
            await w.query('select pg_sleep($1)', [((i * 7 + n * 13) % 10) / 500])
            written.push(...ids)
          })
      }
      const pulling = pull()
      await Promise.all(writers.map(write))
      writing = false
      await pulling
      expect(written.filter((id) => !seen.has(id))).toEqual([])
    } finally {
      await Promise.all([puller, ...writers].map((one) => one.close()))
    }
  })

  test('each predicate of a pull is an index condition under row security', async () => {
    const merchant = await newMerchant()
    await collect(c, merchant, 100)
    const plans: string[] = []
    const watched = await connect(world.url)
    watched.onNotice((n) => plans.push(n.message))
    try {
      await watched.script(`load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on; set auto_explain.log_level = notice`)
      for (const stream of ['outlets', 'customers', 'payment_requests', 'transactions', 'refunds', 'notifications']) {
        plans.length = 0
        const { next } = await pullPage(watched, merchant.staff.owner, stream)
        await pullPage(watched, merchant.staff.owner, stream, { cursor: next })
        const plan = plans.findLast((p) => p.includes('numbered'))!
        const scans = plan.split('\n').filter((line) => line.includes('Index Cond') && line.includes('sync_xid'))
        expect(scans.length, plan).toBeGreaterThanOrEqual(2)
        for (const scan of scans) expect(scan).toMatch(/merchant_id = (\$\d+|\(InitPlan \d+\)\.col1).*ROW\(sync_xid, id\) > ROW\(.*sync_xid < /)
        expect(plan, stream).not.toMatch(/Seq Scan|Bitmap|Sort Method/)
        if (stream === 'transactions') expect(scans[0]).toMatch(/\(id >= /)
      }
    } finally {
      await watched.close()
    }
  })
})

describe('when a phone begins anew', () => {
  test('a new epoch resets every stream, and rows from a restored server are pulled again', async () => {
    const merchant = await newMerchant()
    const { owner } = merchant.staff
    const cursor = last(await pullAll(c, owner, 'customers'))
    // What a dump brings along: rows stamped by a server that had come further.
    await c.script(
      `set session_replication_role = replica; update app.customers set sync_xid = '900000000000' where merchant_id = '${merchant.id}'; reset session_replication_role`,
    )
    expect(idsOf(await pullAll(c, owner, 'customers'))).toEqual([])
    await asRole(c, 'momo_migrator', () => c.query(`select ops.begin_epoch('restored from a dump')`))
    const [page] = await pullAll(c, owner, 'customers', { cursor })
    expect(page).toMatchObject({ reset: true, rows: [{ id: merchant.customer }] })
    expect(await pullPage(c, owner, 'customers', { cursor: page!.next })).toMatchObject({ reset: false, rows: [] })
    await expect(asRole(c, 'momo_sync', () => c.query(`select ops.begin_epoch('no')`))).rejects.toMatchObject({ code: '42501' })
  })

  test('a cursor from the future is from another server', async () => {
    const { owner } = (await newMerchant()).staff
    const cursor = last(await pullAll(c, owner, 'outlets'))
    expect(await pullPage(c, owner, 'outlets', { cursor: { ...cursor, xid: '900000000000' } })).toMatchObject({ reset: true, rows: [{}, {}] })
  })

  test('a member who is given another outlet gets what was done there, and only that', async () => {
    const merchant = await newMerchant()
    const { cashier, owner } = merchant.staff
    const [market, station] = merchant.outlets
    const cursor = last(await pullAll(c, cashier, 'outlets'))
    const customers = last(await pullAll(c, cashier, 'customers'))
    const owners = last(await pullAll(c, owner, 'outlets'))
    await asRole(c, 'momo_owner', () => c.query('update app.merchant_members set outlet_id = $1 where user_id = $2', [station, cashier.user]))
    const pages = await pullAll(c, cashier, 'outlets', { cursor })
    expect(pages[0]!.reset).toBe(true)
    expect(idsOf(pages)).toEqual([station])
    expect(goneOf(pages)).toEqual([{ id: market, reason: 'scope_lost' }])
    expect(await pullPage(c, cashier, 'customers', { cursor: customers }), 'customers are of no outlet').toMatchObject({ reset: false })
    expect(await pullPage(c, owner, 'outlets', { cursor: owners }), 'the owner has lost nothing').toMatchObject({ reset: false, tombstones: [] })
  })
})

describe('tombstones', () => {
  test('entomb is for rows that are there, and tells phones at once', async () => {
    const merchant = await newMerchant()
    const cursor = last(await pullAll(c, merchant.staff.owner, 'customers'))
    await asRole(c, 'momo_owner', () => c.query(`select app.entomb('customers', $1, 'erased')`, [merchant.customer]))
    expect(goneOf(await pullAll(c, merchant.staff.owner, 'customers', { cursor }))).toEqual([{ id: merchant.customer, reason: 'erased' }])
    await expect(asRole(c, 'momo_owner', () => c.query(`select app.entomb('customers', $1, 'erased')`, [uuidv7()]))).rejects.toMatchObject({ code: 'MM404' })
    await expect(asRole(c, 'momo_owner', () => c.query(`select app.entomb('accounts', $1, 'erased')`, [uuidv7()]))).rejects.toMatchObject({ code: '22023' })
    await expect(asRole(c, 'momo_sync', () => c.query(`select app.entomb('customers', $1, 'erased')`, [merchant.customer]))).rejects.toMatchObject({ code: '42501' })
  })
})

describe('cursors', () => {
  test('the server keeps what each phone says it has; a closed merchant is still read', async () => {
    const merchant = await newMerchant()
    const { owner } = merchant.staff
    const cursor = last(await pullAll(c, owner, 'outlets'))
    await pullPage(c, owner, 'outlets', { cursor })
    const kept = () => c.query(`select stream, last_xid::text as xid, last_id as id, epoch from app.sync_cursors where device_id = $1`, [owner.device])
    expect(await kept()).toEqual([{ stream: 'outlets', ...cursor }])
    await asRole(c, 'momo_owner', () => c.query(`update app.merchants set status = 'closed', closed_at = now() where id = $1`, [merchant.id]))
    expect((await pullPage(c, owner, 'outlets')).rows).toHaveLength(2)
    expect(await kept()).toEqual([{ stream: 'outlets', ...cursor }])
  })
})
