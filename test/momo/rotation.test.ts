import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeDataKey, rewrapDataKey, type DataKey, type DataKeyStore } from '../../momo/client/data-key.ts'
import { DestroyedKeyError, KeyMisuseError } from '../../momo/client/errors.ts'
import { FieldEncryption, type FieldPlace } from '../../momo/client/field-encryption.ts'
import { newId } from '../../momo/client/ids.ts'
import { KeyRing } from '../../momo/client/key-ring.ts'
import { InMemoryKeyService, type KeyPurpose } from '../../momo/client/key-service.ts'
import type { Connection } from '../../src/db/index.ts'
import { submit } from './support/money.ts'
import { asPerson, asRole, openWorld, type World } from './support/world.ts'

// What momo/README.md says of keys, done by the roles that do it, with the client and the database.

let world: World
let admin: Connection
beforeAll(async () => {
  world = await openWorld()
  admin = world.admin
})
afterAll(() => world?.close())

const service = new InMemoryKeyService()
service.addKek('kms://1')
service.addKek('kms://2')

const asWorker = <T>(sql: string, values: unknown[] = []) => asRole(admin, 'momo_worker', (c) => c.query<T>(sql, values))
const asCompliance = (sql: string, values: unknown[] = []) => asRole(admin, 'momo_compliance', (c) => c.query(sql, values))
const bytea = (bytes: Uint8Array): Buffer => Buffer.from(bytes)

/** The rows of app.encryption_keys, as the worker reads them. */
const store: DataKeyStore = {
  async find(keyId) {
    type Row = { merchant_id: string | null; purpose: KeyPurpose; kek_ref: string; wrapped: string | null; status: DataKey['status'] }
    const [k] = await asWorker<Row>(`select merchant_id, purpose, kek_ref, encode(wrapped_dek, 'hex') as wrapped, status from app.encryption_keys where id = $1`, [keyId])
    return k === undefined
      ? null
      : { keyId, merchantId: k.merchant_id, purpose: k.purpose, kekRef: k.kek_ref, wrappedDek: k.wrapped === null ? null : Buffer.from(k.wrapped, 'hex'), status: k.status }
  },
}
/** A program that has just started: it has no key yet. */
const fresh = () => new FieldEncryption(new KeyRing(store, service))

async function addKey(merchantId: string | null, purpose: KeyPurpose = 'pii'): Promise<string> {
  const made = await makeDataKey(service, { merchantId, purpose, kekRef: 'kms://1' })
  await asWorker('select ops.add_key($1, $2, $3, $4, $5)', [made.keyId, merchantId, purpose, made.kekRef, bytea(made.wrappedDek!)])
  return made.keyId
}

const customersPlace = (rowId: string, column: string): FieldPlace => ({ table: 'app.customers', column, rowId, merchantId: world.kampala.id })
const addCustomer = (id: string, column: string, value: Uint8Array) =>
  asPerson(admin, world.kampala.staff.owner, (c) => c.query(`insert into app.customers (id, merchant_id, ${column}) values ($1, $2, $3)`, [id, world.kampala.id, bytea(value)]))
const stored = async (table: string, column: string, id: string) =>
  Buffer.from((await admin.query<{ v: string }>(`select encode(${column}, 'hex') as v from ${table} where id = $1`, [id]))[0]!.v, 'hex')
interface Value {
  readonly row_id: string
  readonly merchant_id: string | null
  readonly column_name: string
  readonly value: string
}

/** Works off a retiring key, the way the worker does: how many values it moved. */
async function workOff(retiring: string, to: string, tables: readonly string[]): Promise<number> {
  let moved = 0
  for (const table of tables)
    for (;;) {
      const list = await asWorker<Value>(`select row_id, merchant_id, column_name, encode(ciphertext, 'hex') as value from ops.to_reencrypt($1, $2, 2)`, [retiring, table])
      if (list.length === 0) break
      for (const v of list) {
        const old = Buffer.from(v.value, 'hex')
        const anew = await fresh().rotate(old, { table, column: v.column_name, rowId: v.row_id, merchantId: v.merchant_id }, to)
        const [done] = await asWorker<{ done: boolean }>('select ops.reencrypt($1, $2, $3, $4, $5) as done', [table, v.row_id, v.column_name, old, bytea(anew)])
        expect(done).toEqual({ done: true })
        moved++
      }
    }
  return moved
}

test("a merchant's key is rotated: made, used, retired, worked off, destroyed", async () => {
  const { kampala } = world
  const first = await addKey(kampala.id)
  const ids = [newId(), newId(), newId()]
  for (const id of ids) await addCustomer(id, 'msisdn_enc', await fresh().encrypt('+256772123456', customersPlace(id, 'msisdn_enc'), first))
  const sale = newId()
  const payer: FieldPlace = { table: 'app.transactions', column: 'payer_enc', rowId: sale, merchantId: kampala.id }
  await submit(admin, kampala.staff.owner, 'UGX', { id: sale, payer_enc: bytea(await fresh().encrypt('+256772000001', payer, first)) })
  const system = await addKey(null)
  const person: FieldPlace = { table: 'app.users', column: 'display_name_enc', rowId: kampala.staff.owner.user, merchantId: null }
  const name = bytea(await fresh().encrypt('Amina', person, system))
  await asPerson(admin, kampala.staff.owner, (c) => c.query('update app.users set display_name_enc = $2 where id = $1', [person.rowId, name]))

  await expect(asWorker('select ops.retire_key($1)', [first])).rejects.toMatchObject({ code: 'MM422' })
  const second = await addKey(kampala.id)
  await expect(asWorker('select * from ops.to_reencrypt($1, $2)', [first, 'app.customers'])).rejects.toMatchObject({ code: 'MM422' })
  await asWorker('select ops.retire_key($1)', [first])
  await expect(fresh().encrypt('x', customersPlace(ids[0]!, 'notes_enc'), first)).rejects.toThrow(KeyMisuseError)
  await expect(asCompliance('select ops.destroy_key($1, $2)', [first, 'rotation of 2026'])).rejects.toMatchObject({ code: 'MM423' })

  const seen = await admin.query('select id, updated_at::text, row_version::int + 1 as row_version from app.customers where id = any ($1::uuid[]) order by id', [ids])
  const before = await stored('app.customers', 'msisdn_enc', ids[0]!)
  expect(await workOff(first, second, ['app.customers', 'app.transactions'])).toBe(4)
  // No activity of the person: what retention counts from stays.
  expect(await admin.query('select id, updated_at::text, row_version::int from app.customers where id = any ($1::uuid[]) order by id', [ids])).toEqual(seen)
  expect(await asWorker('select * from ops.rotate_key_report()')).toEqual([])
  await asCompliance('select ops.destroy_key($1, $2)', [first, 'rotation of 2026'])

  expect(await fresh().decrypt(await stored('app.customers', 'msisdn_enc', ids[0]!), customersPlace(ids[0]!, 'msisdn_enc'))).toBe('+256772123456')
  expect(await fresh().decrypt(await stored('app.transactions', 'payer_enc', sale), payer)).toBe('+256772000001')
  expect(await fresh().decrypt(await stored('app.users', 'display_name_enc', person.rowId), person)).toBe('Amina')
  await expect(fresh().decrypt(before, customersPlace(ids[0]!, 'msisdn_enc'))).rejects.toThrow(DestroyedKeyError)
  expect(await admin.query(`select generation, status from app.encryption_keys where merchant_id = $1 order by generation`, [kampala.id])).toEqual([
    { generation: 1, status: 'destroyed' },
    { generation: 2, status: 'active' },
  ])
  expect(await admin.query(`select db_role is not null as by, new_data ->> 'reason' as reason from audit.audit_log where op = 'ERASE' and row_id = $1`, [first])).toEqual([
    { by: true, reason: 'rotation of 2026' },
  ])
})

test('a value is put back only where the old one still is, and only under a key of its row', async () => {
  const { kampala, accra } = world
  const [first, foreign] = [await addKey(kampala.id, 'kyc'), await addKey(accra.id, 'kyc')]
  const second = await addKey(kampala.id, 'kyc')
  await asWorker('select ops.retire_key($1)', [first])
  const id = newId()
  const under = async (key: string) => Buffer.concat([Buffer.of(1), Buffer.from(key.replaceAll('-', ''), 'hex'), randomBytes(40)])
  const [old, next, other] = [await under(first), await under(second), await under(foreign)]
  await addCustomer(id, 'notes_enc', old)
  const put = async (from: Buffer, to: Buffer, column = 'notes_enc') =>
    (await asWorker<{ done: boolean }>('select ops.reencrypt($1, $2, $3, $4, $5) as done', ['app.customers', id, column, from, to]))[0]!.done
  expect(await put(old, other)).toBe(false)
  expect(await put(await under(first), next)).toBe(false)
  await expect(put(next, old)).rejects.toMatchObject({ code: 'MM422' })
  await expect(put(old, next, 'msisdn_bidx')).rejects.toMatchObject({ code: 'MM422' })
  expect(await put(old, next)).toBe(true)
  expect(await put(old, next)).toBe(false)
  for (const [role, sql] of [
    ['momo_api', `select ops.reencrypt('app.customers', '${id}', 'notes_enc', null, null)`],
    ['momo_api', `select * from ops.to_reencrypt('${first}', 'app.customers')`],
    ['momo_api', `select ops.retire_key('${first}')`],
    ['momo_worker', `select ops.destroy_key('${first}', 'no right')`],
  ] as const)
    await expect(
      asRole(admin, role, (c) => c.query(sql)),
      sql,
    ).rejects.toMatchObject({ code: '42501' })
})

test('a data key is wrapped anew, and nothing it encrypted changes', async () => {
  const key = await addKey(world.accra.id)
  const place: FieldPlace = { table: 'app.customers', column: 'notes_enc', rowId: newId(), merchantId: world.accra.id }
  const value = await fresh().encrypt('hello', place, key)
  const was = (await store.find(key))!
  const now = await rewrapDataKey(service, was, 'kms://2')
  const rewrap = () => asWorker<{ done: boolean }>('select ops.rewrap_key($1, $2, $3, $4) as done', [key, bytea(was.wrappedDek!), 'kms://2', bytea(now.wrappedDek!)])
  expect(await rewrap()).toEqual([{ done: true }])
  expect(await rewrap()).toEqual([{ done: false }])
  expect(await fresh().decrypt(value, place)).toBe('hello')
})

test('a customer with a key of their own is shredded', async () => {
  const { owner, viewer } = world.kampala.staff
  const id = newId()
  const made = await makeDataKey(service, { merchantId: world.kampala.id, purpose: 'pii', kekRef: 'kms://1' })
  const add = (c: Connection) => c.query('select api.add_customer_key($1, $2, $3, $4) as generation', [made.keyId, id, made.kekRef, bytea(made.wrappedDek!)])
  await expect(asPerson(admin, owner, add)).rejects.toMatchObject({ code: 'MM404' })
  await asPerson(admin, owner, async (c) => {
    await c.query('insert into app.customers (id, merchant_id) values ($1, $2)', [id, world.kampala.id])
    expect(await add(c)).toEqual([{ generation: 1 }])
  })
  await expect(asPerson(admin, viewer, add)).rejects.toMatchObject({ code: '42501' })
  await expect(asPerson(admin, world.accra.staff.owner, add)).rejects.toMatchObject({ code: 'MM404' })
  const place = customersPlace(id, 'display_name_enc')
  const name = bytea(await fresh().encrypt('Aisha', place, made.keyId))
  await asPerson(admin, owner, (c) => c.query('update app.customers set display_name_enc = $2 where id = $1', [id, name]))
  const backup = await stored('app.customers', 'display_name_enc', id)
  expect(await fresh().decrypt(backup, place)).toBe('Aisha')
  const [erased] = (await asPerson(admin, owner, (c) => c.query('select api.erase_customer($1, $2) as answer', [id, 'asked at the counter']))) as { answer: unknown }[]
  expect(erased).toEqual({ answer: { customer_id: id, keys_destroyed: 1, transactions: 0 } })
  await expect(fresh().decrypt(backup, place)).rejects.toThrow(DestroyedKeyError)
  await expect(asPerson(admin, owner, add)).rejects.toMatchObject({ code: 'MM404' })
})
