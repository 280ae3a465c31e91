import { randomBytes } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { applyPage, emptyCopy, type Copy, type Page, type Row, type Stream } from '../../momo/client/offline/copy.ts'
import { Device, type Server } from '../../momo/client/offline/device.ts'
import type { Queue } from '../../momo/client/offline/queue.ts'
import { memoryStore, type Store } from '../../momo/client/offline/store.ts'
import { collect } from './support/money.ts'
import { idsBy, phone, serverOf } from './support/phone.ts'
import { addMerchant, asRole, openWorld, type Merchant, type World } from './support/world.ts'

let world: World
let merchant: Merchant
let codes = 400_000
beforeAll(async () => {
  world = await openWorld()
})
beforeEach(async () => {
  merchant = await addMerchant(world.admin, { name: `O${++codes}`, country: 'UG', currency: 'UGX', timezone: 'Africa/Kampala', code: String(codes) })
})
afterAll(() => world?.close())

const reach = (who: 'owner' | 'manager' | 'cashier'): Server => serverOf(world.admin, merchant.staff[who], 2)
const collection = (more: object = {}) => ({ type: 'collection', amount_minor: 1000, currency: 'UGX', ...more })

describe('working offline', () => {
  test('what was done offline is seen at once, and stays after it was sent', async () => {
    const mine = phone(reach('owner'))
    await mine.pull()
    const { id } = await mine.create('outlets', { name: 'Stall', code: 'S' })
    await mine.update('outlets', id, { name: 'Stand' })
    await mine.update('outlets', merchant.outlets[0], { name: 'Bazaar' })
    await mine.delete('outlets', merchant.outlets[1])
    const names = async () => Object.values(await mine.rows('outlets')).map((r) => [r['name'], r.row_version]).sort() // prettier-ignore
    const expected = [['Bazaar', 2], ['Stand', 2]] // prettier-ignore
    expect(await names()).toEqual(expected)
    await mine.push()
    await mine.pull()
    expect(await mine.pending()).toEqual([])
    expect(await mine.refused()).toEqual([])
    expect(await names()).toEqual(expected)
    await expect(mine.update('outlets', uuidv7(), { name: 'X' })).rejects.toThrow('this phone knows no row')
  })

  test('what was captured while the server was thinking is not lost', async () => {
    const server = reach('owner')
    const slow: Server = { ...server, push: async (seq, operations) => (await mine.submit(collection({ reference: 'meanwhile' })), server.push(seq, operations)) }
    const mine = phone({ ...server, push: (...given) => turns.shift()!(...given) })
    const turns = [slow.push, server.push]
    await mine.submit(collection())
    await mine.push()
    await mine.pull()
    expect(Object.keys(await mine.rows('transactions'))).toHaveLength(2)
  })

  test('a phone that dies between the answer and its note sends the same batch again', async () => {
    const server = reach('owner')
    const kept = memoryStore<Queue>()
    const copies = new Map<Stream, Store<Copy>>()
    const copy = (s: Stream) => copies.get(s) ?? (copies.set(s, memoryStore()), copies.get(s)!)
    const dying: Store<Queue> = { load: kept.load, save: async (q) => (q.seq > 0 && q.batch === null ? Promise.reject(new Error('switched off')) : kept.save(q)) }
    const start = { server, copy, ids: idsBy(Date.now) }
    const before = new Device({ ...start, queue: dying })
    await before.submit(collection())
    await expect(before.push()).rejects.toThrow('switched off')
    const after = new Device({ ...start, queue: kept })
    expect(await after.pending()).toHaveLength(1)
    await after.push()
    await after.pull(['transactions'])
    expect(Object.keys(await after.rows('transactions'))).toHaveLength(1)
  })

  test('a wrong clock costs a transaction another id, sealed anew, and only once', async () => {
    const now = () => Date.now() - 40 * 24 * 3600 * 1000
    const resealed: string[] = []
    const mine = phone(reach('owner'), { now, reseal: (operation, id) => (resealed.push(id), { ...operation, id }) })
    const first = await mine.submit(collection())
    await mine.push()
    await mine.submit(collection())
    await mine.push()
    await mine.pull()
    const rows = Object.keys(await mine.rows('transactions'))
    expect(rows).toHaveLength(2)
    expect(rows).not.toContain(first.id)
    expect(resealed.map((id) => rows.includes(id))).toEqual([true])
  })

  test('a customer whom a colleague took down first: what speaks of them speaks of the known one', async () => {
    const number = { msisdn_bidx: randomBytes(32).toString('base64'), msisdn_last4: '1234' }
    const [theirs, mine] = [phone(reach('manager')), phone(reach('owner'))]
    const known = await theirs.create('customers', number)
    await theirs.push()
    const double = await mine.create('customers', number)
    await mine.submit(collection({ customer_id: double.id }))
    await mine.update('customers', double.id, { marketing_consent_at: '2026-07-01T00:00:00+00:00' })
    await mine.create('payment_requests', { kind: 'qr', public_token: randomBytes(16).toString('hex'), currency: 'UGX', customer_id: double.id })
    await mine.push()
    await mine.pull()
    expect((await mine.refused()).map((r) => [r.operation.op_id, r.result.existing_id ?? r.result.result])).toEqual([[double.op_id, known.id]])
    expect(Object.values(await mine.rows('transactions')).map((r) => r['customer_id'])).toEqual([known.id])
    expect(Object.values(await mine.rows('payment_requests')).map((r) => r['customer_id'])).toEqual([known.id])
    expect((await mine.rows('customers'))[known.id]).toMatchObject({ marketing_consent_at: '2026-07-01T00:00:00+00:00', msisdn_last4: '1234' })
  })

  test('text that the server cannot read is refused before it holds up the queue', async () => {
    const mine = phone(reach('owner'))
    for (const bad of ['a\0b', 'half a \ud83d', '\udc00'])
      await expect(mine.create('outlets', { name: bad, code: 'N' })).rejects.toThrow(/^create\.patch\.name: it holds a character that cannot be stored/)
    await expect(mine.submit(collection({ metadata: { 'a\0': 1 } }))).rejects.toThrow(TypeError)
    expect(await mine.pending()).toEqual([])
    await mine.create('outlets', { name: 'Stall 😀', code: 'N' })
    await mine.push()
    expect(await mine.refused()).toEqual([])
  })

  test('what the server refuses is kept for a person and not shown as done', async () => {
    const cashier = phone(reach('cashier'))
    await cashier.pull()
    const change = await cashier.update('outlets', merchant.outlets[0], { name: 'Mine' })
    const draw = await cashier.submit({ type: 'withdrawal', amount_minor: 1, currency: 'UGX' })
    expect((await cashier.rows('outlets'))[merchant.outlets[0]]).toMatchObject({ name: 'Mine' })
    await cashier.push()
    expect((await cashier.refused()).map((r) => [r.operation.op_id, r.result.code])).toEqual([[change.op_id, '42501'], [draw.op_id, 'MM402']]) // prettier-ignore
    expect((await cashier.rows('outlets'))[merchant.outlets[0]]).toMatchObject({ name: 'Market' })
  })

  test('a phone restored from a backup counts on from where the server is', async () => {
    const [mine, restored] = [phone(reach('owner')), phone(reach('owner'))]
    for (let i = 0; i < 3; i++) {
      await mine.submit(collection())
      await mine.push()
    }
    await restored.submit(collection())
    await restored.push()
    await restored.pull()
    expect(await restored.refused()).toEqual([])
    expect(Object.keys(await restored.rows('transactions'))).toHaveLength(4)
  })
})

describe('beginning anew', () => {
  test('until a new epoch has been pulled to its end, the phone has what it had', async () => {
    await collect(world.admin, merchant, 100)
    const server = reach('owner')
    let pages = Infinity
    const mine = phone({ ...server, pull: async (...given) => (pages-- > 0 ? server.pull(...given) : Promise.reject(new Error('offline'))) })
    const extra = Array.from({ length: 4 }, () => uuidv7())
    await asRole(world.admin, 'momo_owner', (c) => c.query('insert into app.customers (id, merchant_id) select unnest($1::uuid[]), $2', [extra, merchant.id]))
    await mine.pull()
    const before = await mine.rows('customers')
    await asRole(world.admin, 'momo_owner', (c) => c.query('delete from app.customers where id = $1', [extra[0]]))
    await asRole(world.admin, 'momo_owner', (c) => c.query('delete from app.sync_tombstones where row_id = $1', [extra[0]]))
    await asRole(world.admin, 'momo_migrator', (c) => c.query(`select ops.begin_epoch('test')`))
    pages = 1
    await expect(mine.pull(['customers'])).rejects.toThrow('offline')
    expect(Object.keys(await mine.rows('customers'))).toEqual(Object.keys(before))
    pages = Infinity
    await mine.pull()
    expect(Object.keys(await mine.rows('customers')).sort()).toEqual(Object.keys(before).filter((id) => id !== extra[0]).sort()) // prettier-ignore
  })

  test('a member who loses an outlet loses what was done there as soon as the outlets are pulled', async () => {
    const boss = phone(reach('owner'))
    for (const outlet of merchant.outlets) await boss.submit(collection({ outlet_id: outlet }))
    await boss.push()
    const manager = phone(reach('manager'))
    await manager.pull()
    expect(Object.keys(await manager.rows('transactions'))).toHaveLength(2)
    await asRole(world.admin, 'momo_owner', (c) => c.query('update app.merchant_members set outlet_id = $1 where user_id = $2', [merchant.outlets[1], merchant.staff.manager.user]))
    await manager.pull(['outlets'])
    const left = () => manager.rows('transactions').then((rows) => Object.values(rows).map((r) => r['outlet_id']))
    expect(await left()).toEqual([merchant.outlets[1]])
    await manager.pull()
    expect(await left()).toEqual([merchant.outlets[1]])
  })
})

describe('a copy', () => {
  const page = (rows: Row[], more: Partial<Page> = {}): Page => ({
    rows, tombstones: [], next: { epoch: 'e', xid: '1', id: 'i' }, more: false, reset: false, server_time: '2026-07-01T00:00:00Z', ...more,
  }) // prettier-ignore

  test('the same page twice, and what is deleted or erased', () => {
    const one = page([{ id: 'a', row_version: 1 }, { id: 'b', row_version: 1, deleted_at: null }, { id: 'c', row_version: 1 }]) // prettier-ignore
    const copy = applyPage(applyPage(emptyCopy, one), one)
    expect(Object.keys(copy.rows)).toEqual(['a', 'b', 'c'])
    const gone = page([{ id: 'b', row_version: 2, deleted_at: 'now' }, { id: 'c', row_version: 2, erased_at: 'now' }], { tombstones: [{ id: 'c', reason: 'erased' }] }) // prettier-ignore
    expect(Object.keys(applyPage(copy, gone).rows)).toEqual(['a'])
  })
})
